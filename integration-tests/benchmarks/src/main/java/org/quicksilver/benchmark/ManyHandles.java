package org.quicksilver.benchmark;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The program under measurement: opens very many handles and keeps them, {@code <number>}. Locks on
 * parts of files, for these have no descriptor of their own, of which a process gets some thousands
 * only. Prints nanoseconds for one, of the first tenth and of the last, without the pauses of the
 * collector; nanoseconds of these pauses for one of all; and the bytes that live in the heap at the
 * end.
 *
 * <p>A heap has room for some hundred thousand between two collections: whichever tenth one falls
 * into would tell nothing of the others. So they are told apart, for all tenths together.
 */
final class ManyHandles {

  private static final int EACH_FILE = 200;
  private static final int FILES = 6000;
  private static final int WARM_UP = 60_000;
  private static final int TENTHS = 10;

  /** What is done in the background may take a while; so long nothing changes when it is over. */
  private static final int STEADY = 8;

  private static final long PAUSE_MILLIS = 500;
  private static final double NANOS_IN_MILLI = 1e6;

  private final FileChannel[] files = new FileChannel[FILES];
  private final FileLock[] locks;
  private int next;

  private ManyHandles(int number) {
    locks = new FileLock[number];
  }

  /** Opens, waits until the heap is steady, and prints. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int number = Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("many");
    ManyHandles many = new ManyHandles(number);
    many.openFiles(directory);
    Files.delete(directory);
    many.lock(Math.min(WARM_UP, number));
    for (int i = 0; i < many.next; i++) {
      many.locks[i].release();
    }
    many.next = 0;
    double[] nanos = new double[TENTHS];
    long paused = pauses();
    for (int i = 0; i < TENTHS; i++) {
      nanos[i] = many.lock(number / TENTHS);
    }
    double pause = (pauses() - paused) * NANOS_IN_MILLI / number;
    System.out.println(nanos[0] + " " + nanos[TENTHS - 1] + " " + pause + " " + many.heap());
    System.exit(0);
  }

  private void openFiles(Path directory) throws IOException {
    for (int i = 0; i < FILES; i++) {
      files[i] =
          FileChannel.open(
              directory.resolve("file-" + i),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
  }

  private static long pauses() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  /** Nanoseconds for each of so many. */
  private double lock(int number) throws IOException {
    long paused = pauses();
    long began = System.nanoTime();
    for (int i = 0; i < number; i++, next++) {
      // Apart from each other: the kernel makes one lock of neighbours.
      locks[next] = files[next / EACH_FILE].lock(next % EACH_FILE * 2L, 1, false);
    }
    double nanos = System.nanoTime() - began;
    return (nanos - (pauses() - paused) * NANOS_IN_MILLI) / number;
  }

  private long heap() throws InterruptedException {
    long last = Long.MAX_VALUE;
    for (int steady = 0; steady < STEADY; steady++) {
      System.gc();
      long now = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      if (Math.abs(now - last) > last / 500) {
        steady = 0;
      }
      last = now;
      Thread.sleep(PAUSE_MILLIS);
    }
    return last;
  }
}
