package org.quicksilver.memory.vista;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.quicksilver.memory.storage.SimulatedDisk;
import org.quicksilver.memory.storage.StorageFile;
import org.quicksilver.memory.storage.WideBuffer;

/**
 * Files in memory: a file cache of which a copy can be made at any moment, as it is when a process
 * dies just then. Segments are mapped in pieces of one KiB.
 */
final class MemoryDisk extends SimulatedDisk<MemoryDisk.Content> {

  private static final int MOST = 1 << 18;
  private static final int SEGMENT_SHIFT = 10;

  static final class Content {
    final ByteBuffer bytes = ByteBuffer.allocateDirect(MOST).order(ByteOrder.LITTLE_ENDIAN);
    int size;
  }

  private final Set<Path> whole = new HashSet<>();
  private volatile boolean full;

  /** What a process finds that starts after this one died now. */
  MemoryDisk afterDeath() {
    MemoryDisk copy = new MemoryDisk();
    copy.whole.addAll(whole);
    contents().forEach((path, content) -> copy.put(path, content.bytes, content.size));
    return copy;
  }

  private void put(Path path, ByteBuffer bytes, int size) {
    Content content = new Content();
    content.bytes.put(0, bytes, 0, size);
    content.size = size;
    contents().put(path, content);
  }

  /** Adds an empty undo log. */
  MemoryDisk withLog(Path path, int length) {
    put(path, LogHeader.fresh(length, java.time.Instant.EPOCH).bytes(), VistaFormat.HEADER_SIZE);
    contents().get(path).size = length;
    whole.add(path);
    return this;
  }

  /** From now on there is no room. */
  void fill() {
    full = true;
  }

  void empty() {
    full = false;
  }

  /** Adds a file; one that is to be mapped in one piece if it is a log. */
  MemoryDisk with(Path path, boolean log, byte[] bytes) {
    put(path, ByteBuffer.wrap(bytes), bytes.length);
    if (log) {
      whole.add(path);
    }
    return this;
  }

  byte[] read(Path path) {
    byte[] read = new byte[contents().get(path).size];
    contents().get(path).bytes.get(0, read);
    return read;
  }

  @Override
  protected Content newContent() {
    return new Content();
  }

  @Override
  protected StorageFile file(Path path, Content content) {
    return new MemoryFile(path, content);
  }

  private final class MemoryFile extends SimulatedFile {
    private final Content content;

    MemoryFile(Path path, Content content) {
      super(path);
      this.content = content;
    }

    @Override
    public long size() {
      return content.size;
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      content.size = Math.max(content.size, (int) offset + bytes.remaining());
      content.bytes.put((int) offset, bytes, bytes.position(), bytes.remaining());
      bytes.position(bytes.limit());
    }

    @Override
    public void read(ByteBuffer bytes, long offset) throws IOException {
      if (offset + bytes.remaining() > content.size) {
        throw new EOFException(path().toString());
      }
      bytes.put(content.bytes.slice((int) offset, bytes.remaining()));
    }

    @Override
    public void force() {}

    @Override
    public WideBuffer map(MapMode mode, long offset, long length) {
      int shift = whole.contains(path()) ? 30 : SEGMENT_SHIFT;
      ByteBuffer[] pieces = new ByteBuffer[(int) ((length - 1) >>> shift) + 1];
      for (int i = 0; i < pieces.length; i++) {
        int from = i << shift;
        int size = (int) Math.min(length - from, 1L << shift);
        pieces[i] = content.bytes.slice((int) offset + from, size);
      }
      return WideBuffer.of(pieces, shift, length);
    }
  }
}
