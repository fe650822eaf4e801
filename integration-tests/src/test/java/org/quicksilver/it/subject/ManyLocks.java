package org.quicksilver.it.subject;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Locks that many parts of a few files, and waits for the end of its input: {@code <directory>
 * <number>}. Locks, for a process may have more of them than descriptors.
 */
public final class ManyLocks {

  /** The kernel looks through all locks of a file for each new one. */
  private static final int EACH_FILE = 250;

  private ManyLocks() {}

  /** Locks, says so, waits. */
  public static void main(String[] args) throws IOException {
    int number = Integer.parseInt(args[1]);
    List<FileLock> locks = new ArrayList<>();
    while (locks.size() < number) {
      Path file = Path.of(args[0], "file-" + locks.size());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      for (int i = 0; i < EACH_FILE; i++) {
        // Apart from each other: the kernel makes one lock of neighbours.
        locks.add(channel.lock(2L * i, 1, false));
      }
    }
    System.out.println("ready");
    System.in.read();
    System.out.println("locked " + locks.size());
  }
}
