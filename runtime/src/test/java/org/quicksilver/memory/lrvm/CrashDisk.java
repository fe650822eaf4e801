package org.quicksilver.memory.lrvm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.quicksilver.memory.storage.SimulatedDisk;
import org.quicksilver.memory.storage.StorageFile;
import org.quicksilver.memory.storage.WideBuffer;

/**
 * A disk in memory. What was not forced is lost when the power fails, in any subset of sectors; a
 * sector is then as it was forced, or as any write since has left it. When only the process dies
 * nothing is lost that was written. It can be full, and fail, and is watched after every operation.
 */
final class CrashDisk extends SimulatedDisk<CrashDisk.Content> {

  static final int SECTOR = 512;

  /** Looks at the disk between two operations. */
  interface Watcher {
    void after(String operation) throws IOException;
  }

  static final class Content {
    private byte[] now = new byte[0];
    private byte[] forced = new byte[0];
    private final TreeMap<Integer, List<byte[]>> versions = new TreeMap<>();

    void write(ByteBuffer bytes, long offset) {
      int from = (int) offset;
      int length = bytes.remaining();
      if (from + length > now.length) {
        now = Arrays.copyOf(now, from + length);
        forced = Arrays.copyOf(forced, from + length);
      }
      bytes.get(now, from, length);
      for (int sector = from / SECTOR; sector * SECTOR < from + length; sector++) {
        int end = Math.min(now.length, (sector + 1) * SECTOR);
        versions
            .computeIfAbsent(sector, s -> new ArrayList<>())
            .add(Arrays.copyOfRange(now, sector * SECTOR, end));
      }
    }

    void force() {
      versions.forEach((sector, all) -> copy(all.get(all.size() - 1), forced, sector));
      versions.clear();
    }

    byte[] torn(Random random, int keep) {
      byte[] image = forced.clone();
      versions.forEach(
          (sector, all) -> {
            if (random.nextInt(100) < keep) {
              int newest = random.nextInt(4) == 0 ? random.nextInt(all.size()) : all.size() - 1;
              copy(all.get(newest), image, sector);
            }
          });
      return image;
    }

    private static void copy(byte[] bytes, byte[] into, int sector) {
      int length = Math.min(bytes.length, into.length - sector * SECTOR);
      System.arraycopy(bytes, 0, into, sector * SECTOR, length);
    }
  }

  private Watcher watcher = operation -> {};
  private long capacity = Long.MAX_VALUE;
  private int operations;
  private int writesLeft = Integer.MAX_VALUE;
  private int forcesLeft = Integer.MAX_VALUE;

  synchronized void watch(Watcher other) {
    watcher = other;
  }

  /** Writing beyond this many bytes in all files finds the disk full. */
  synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  /** So many writes succeed; the next one writes half of its bytes and fails. */
  synchronized void failWriteAfter(int writes) {
    writesLeft = writes;
  }

  /** So many forces succeed; the next one fails, those after it would succeed. */
  synchronized void failForceAfter(int forces) {
    forcesLeft = forces;
  }

  synchronized int operations() {
    return operations;
  }

  synchronized byte[] bytes(Path path) {
    return contents().get(path).now;
  }

  synchronized boolean has(Path path) {
    return contents().containsKey(path);
  }

  synchronized void put(Path path, byte[] bytes) {
    Content content = new Content();
    content.now = bytes.clone();
    content.forced = bytes.clone();
    contents().put(path, content);
  }

  /** The disk as it is after the death of the process. */
  synchronized CrashDisk afterProcessCrash() {
    CrashDisk after = new CrashDisk();
    contents().forEach((path, content) -> after.put(path, content.now));
    return after;
  }

  /**
   * The disk as it may be after a power failure.
   *
   * @param keep how many of a hundred unforced sectors are there
   */
  synchronized CrashDisk afterPowerFailure(Random random, int keep) {
    CrashDisk after = new CrashDisk();
    contents().forEach((path, content) -> after.put(path, content.torn(random, keep)));
    return after;
  }

  /** Whether there is anything to lose. */
  synchronized boolean hasUnforced() {
    return contents().values().stream().anyMatch(content -> !content.versions.isEmpty());
  }

  private void done(String operation) throws IOException {
    operations++;
    watcher.after(operation);
  }

  @Override
  protected Content newContent() {
    return new Content();
  }

  @Override
  protected StorageFile file(Path path, Content content) {
    return new File(path, content);
  }

  private final class File extends SimulatedFile {
    private final Content content;

    File(Path path, Content content) {
      super(path);
      this.content = content;
    }

    @Override
    public long size() {
      synchronized (CrashDisk.this) {
        return content.now.length;
      }
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      synchronized (CrashDisk.this) {
        long used = contents().values().stream().mapToLong(each -> each.now.length).sum();
        long more = offset + bytes.remaining() - content.now.length;
        if (more > 0 && used + more > capacity) {
          throw new IOException("No space left on device");
        }
        if (writesLeft-- <= 0) {
          bytes.limit(bytes.position() + bytes.remaining() / 2);
          content.write(bytes, offset);
          throw new IOException("Input/output error");
        }
        content.write(bytes, offset);
        done("write " + path().getFileName() + " " + offset);
      }
    }

    @Override
    public void read(ByteBuffer bytes, long offset) throws IOException {
      synchronized (CrashDisk.this) {
        if (offset + bytes.remaining() > content.now.length) {
          throw new EOFException(path() + " ends at " + content.now.length);
        }
        bytes.put(content.now, (int) offset, bytes.remaining());
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (CrashDisk.this) {
        if (forcesLeft-- == 0) {
          throw new IOException("Input/output error");
        }
        content.force();
        done("force " + path().getFileName());
      }
    }

    @Override
    public WideBuffer map(MapMode mode, long offset, long length) throws IOException {
      if (mode != MapMode.PRIVATE) {
        throw new UnsupportedOperationException("only private mappings here");
      }
      ByteBuffer[] pieces = new ByteBuffer[(int) ((length + 255) / 256)];
      for (int i = 0; i < pieces.length; i++) {
        pieces[i] = ByteBuffer.allocate((int) Math.min(256, length - i * 256L));
        read(pieces[i], offset + i * 256L);
        pieces[i].clear();
      }
      return WideBuffer.of(pieces, 8, length);
    }
  }
}
