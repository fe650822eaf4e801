package org.quicksilver.agent.instrument;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;

/**
 * Transformed classes kept on disk, so that a start need not load Byte Buddy. One file for each
 * combination of JDK, agent and families; an entry counts only for exactly the bytes it was made
 * from, so another agent's changes, made before ours, are never lost.
 *
 * <pre>
 *   entries (int) { name (UTF) | length and CRC32C of the original | length | bytes } ... CRC32 of all before (long)
 * </pre>
 *
 * <p>A damaged or foreign file counts as an empty one. Thread-safe. Asked while a class is loaded,
 * by a thread that may hold any lock of the JDK: no lock of ours is held while files are read or
 * written, which takes such locks, too.
 */
final class ClassCache {

  /** The transformed class lies in what was read, where most are never asked for. */
  private record Entry(int originalLength, int originalCrc, byte[] read, int at, int length) {}

  private final @Nullable Path file;
  private final Map<String, Entry> entries = new HashMap<>();
  private boolean changed;

  /** For those who save, and nobody else. */
  private final Object saving = new Object();

  /**
   * Reads the file; where there is none, what came with the jar.
   *
   * @param file null for a cache that neither reads nor keeps anything
   */
  ClassCache(@Nullable Path file) {
    this.file = file;
    if (file != null) {
      try (InputStream in = Files.isReadable(file) ? Files.newInputStream(file) : seed(file)) {
        if (in != null) {
          byte[] bytes = new byte[in.available()];
          in.readNBytes(bytes, 0, bytes.length);
          read(bytes);
        }
      } catch (IOException | RuntimeException e) {
        entries.clear();
      }
    }
  }

  /** Transformed when the jar was built, for the JDKs that were there; named as the file ends. */
  private static @Nullable InputStream seed(Path file) {
    String name = String.valueOf(file.getFileName());
    String version = System.getProperty("java.vm.version");
    return ClassCache.class.getResourceAsStream(
        "/seeds/" + version + name.substring(name.lastIndexOf('.')));
  }

  private void read(byte[] bytes) {
    int body = bytes.length - Long.BYTES;
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (body < Integer.BYTES || crc(bytes, body) != in.getLong(body)) {
      return;
    }
    for (int count = in.getInt(); count > 0; count--) {
      int nameLength = in.getShort();
      String name = new String(bytes, in.position(), nameLength, StandardCharsets.UTF_8);
      in.position(in.position() + nameLength);
      int originalLength = in.getInt();
      int originalCrc = in.getInt();
      int length = in.getInt();
      entries.put(name, new Entry(originalLength, originalCrc, bytes, in.position(), length));
      in.position(in.position() + length);
    }
  }

  private static long crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  /** The transformed class, if it was made from exactly these bytes. */
  byte @Nullable [] get(String name, byte[] original) {
    Entry entry;
    synchronized (entries) {
      entry = entries.get(name);
    }
    return entry != null
            && entry.originalLength == original.length
            && entry.originalCrc == crcOf(original)
        ? Arrays.copyOfRange(entry.read, entry.at, entry.at + entry.length)
        : null;
  }

  void put(String name, byte[] original, byte[] transformed) {
    Entry entry = new Entry(original.length, crcOf(original), transformed, 0, transformed.length);
    synchronized (entries) {
      entries.put(name, entry);
      changed = true;
    }
  }

  private static int crcOf(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /**
   * Writes the file if something was added; whole or not at all. Who comes while it is written
   * waits.
   */
  void save() throws IOException {
    synchronized (saving) {
      Map<String, Entry> added = changedEntries();
      if (added != null && file != null) {
        write(added, file);
      }
    }
  }

  /** All, if there is one that is not on the disk. */
  private @Nullable Map<String, Entry> changedEntries() {
    synchronized (entries) {
      boolean was = changed;
      changed = false;
      return was ? new HashMap<>(entries) : null;
    }
  }

  private static void write(Map<String, Entry> entries, Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    Files.deleteIfExists(aside);
    Files.createFile(aside, Home.ownerOnlyFile());
    Files.write(aside, bytes(entries));
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] bytes(Map<String, Entry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 18);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(entries.size());
    for (Map.Entry<String, Entry> e : entries.entrySet()) {
      out.writeUTF(e.getKey());
      out.writeInt(e.getValue().originalLength);
      out.writeInt(e.getValue().originalCrc);
      out.writeInt(e.getValue().length);
      out.write(e.getValue().read, e.getValue().at, e.getValue().length);
    }
    byte[] body = bytes.toByteArray();
    out.writeLong(crc(body, body.length));
    return bytes.toByteArray();
  }
}
