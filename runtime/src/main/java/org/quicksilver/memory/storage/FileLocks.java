package org.quicksilver.memory.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files this process has locked. The kernel gives up a process's lock as soon as it closes
 * <em>any</em> descriptor of the file, so a second opening that is refused and closed would let
 * other processes in: such a descriptor stays open until the lock is given up.
 */
final class FileLocks {

  /** Descriptors to be closed with the one that holds the lock, by identity of the file. */
  private static final Map<Object, List<FileChannel>> HELD = new HashMap<>();

  private FileLocks() {}

  /** What tells a file from every other, whatever its paths. */
  static Object identity(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path.toRealPath() : key;
  }

  static boolean tryLock(Object file, FileChannel channel, boolean writable) throws IOException {
    synchronized (HELD) {
      if (HELD.containsKey(file) || !locks(channel, writable)) {
        return false;
      }
      HELD.put(file, new ArrayList<>());
      return true;
    }
  }

  /** Several processes may have it locked for reading, but then none for writing. */
  private static boolean locks(FileChannel channel, boolean writable) throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, !writable) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Closes the descriptor that holds the lock, and all that waited for that. */
  static void closeHolder(Object file, FileChannel channel) throws IOException {
    synchronized (HELD) {
      channel.close();
      List<FileChannel> waiting = HELD.remove(file);
      for (FileChannel each : waiting == null ? List.<FileChannel>of() : waiting) {
        each.close();
      }
    }
  }

  /** Closes a descriptor that holds no lock, now or when the lock is given up. */
  static void close(Object file, FileChannel channel) throws IOException {
    synchronized (HELD) {
      List<FileChannel> waiting = HELD.get(file);
      if (waiting == null) {
        channel.close();
      } else {
        waiting.add(channel);
      }
    }
  }
}
