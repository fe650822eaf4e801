package org.quicksilver.agent.instrument;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
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
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;

/**
 * Transformed classes kept on disk, so that a start need not load Byte Buddy. One file for each
 * combination of JDK, agent and families; an entry counts only for exactly the bytes it was made
 * from, so another agent's changes, made before ours, are never lost. Of one class there may be
 * several, for the JVM does not give a loaded one's methods in the same order in each process.
 *
 * <pre>
 *   entries (int) { name (UTF) | length and CRC32 of the original | length | bytes } ... CRC32 of all before (long)
 * </pre>
 *
 * <p>A damaged or foreign file counts as an empty one. Thread-safe. Asked while a class is loaded,
 * by a thread that may hold any lock of the JDK: no lock of ours is held while files are read or
 * written, which takes such locks, too.
 */
final class ClassCache {

  /** So many are kept of one class. */
  private static final int MOST_FORMS = 4;

  /**
   * The transformed class lies in what was read, where most are never asked for.
   *
   * @param former the same class, made from other bytes
   */
  private record Entry(
      int originalLength,
      int originalCrc,
      byte[] read,
      int at,
      int length,
      @Nullable Entry former) {

    /** That which was made from such an original. */
    @Nullable Entry of(int length, int crc) {
      for (Entry entry = this; entry != null; entry = entry.former) {
        if (entry.originalLength == length && entry.originalCrc == crc) {
          return entry;
        }
      }
      return null;
    }

    /** The newest of them. */
    static @Nullable Entry newest(@Nullable Entry entry, int most) {
      return entry == null || most == 0
          ? null
          : new Entry(
              entry.originalLength,
              entry.originalCrc,
              entry.read,
              entry.at,
              entry.length,
              newest(entry.former, most - 1));
    }
  }

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
      try (InputStream in = open(file)) {
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

  /**
   * Not by way of a channel: that would be closed if whoever needs the class has been interrupted,
   * and in a start makes the JDK load its largest class, which then has to be redefined.
   */
  private static @Nullable InputStream open(Path file) throws IOException {
    return Files.isReadable(file) ? new FileInputStream(file.toFile()) : seed(file);
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
      Entry former = entries.get(name);
      entries.put(
          name, new Entry(originalLength, originalCrc, bytes, in.position(), length, former));
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
    Entry made = entry == null ? null : entry.of(original.length, crcOf(original));
    return made == null ? null : Arrays.copyOfRange(made.read, made.at, made.at + made.length);
  }

  void put(String name, byte[] original, byte[] transformed) {
    int crc = crcOf(original);
    synchronized (entries) {
      Entry known = entries.get(name);
      if (known == null || known.of(original.length, crc) == null) {
        Entry former = Entry.newest(known, MOST_FORMS - 1);
        entries.put(
            name, new Entry(original.length, crc, transformed, 0, transformed.length, former));
        changed = true;
      }
    }
  }

  private static int crcOf(byte[] bytes) {
    return (int) crc(bytes, bytes.length);
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
    int count = 0;
    for (Entry newest : entries.values()) {
      for (Entry entry = newest; entry != null; entry = entry.former) {
        count++;
      }
    }
    out.writeInt(count);
    for (Map.Entry<String, Entry> e : entries.entrySet()) {
      write(e.getKey(), e.getValue(), out);
    }
    byte[] body = bytes.toByteArray();
    out.writeLong(crc(body, body.length));
    return bytes.toByteArray();
  }

  /** The oldest first: who reads them finds the newest at last. */
  private static void write(String name, Entry entry, DataOutputStream out) throws IOException {
    if (entry.former != null) {
      write(name, entry.former, out);
    }
    out.writeUTF(name);
    out.writeInt(entry.originalLength);
    out.writeInt(entry.originalCrc);
    out.writeInt(entry.length);
    out.write(entry.read, entry.at, entry.length);
  }
}
