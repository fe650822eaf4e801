package org.quicksilver.it.subject;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens files until there is no memory, holds out like that for a while, survives, and prints which
 * threads survived with it: {@code <file>}.
 */
public final class MemoryExhausted {

  private static final int ROUNDS = 3;
  private static final long HOLD_OUT_NANOS = 1_500_000_000;

  /** Takes the last bytes: smaller than anything that a thread could want to have. */
  private static final class Link {
    @SuppressWarnings("unused")
    final Link before;

    Link(Link before) {
      this.before = before;
    }
  }

  /** In a field, so that no compiler makes it vanish. */
  private static Link last;

  private MemoryExhausted() {}

  /** Survives. */
  public static void main(String[] args) throws IOException {
    // Loads and links while there is memory for it.
    last = new Link(null);
    holdOut(System.nanoTime());
    for (int i = 0; i < ROUNDS; i++) {
      List<FileInputStream> files = new ArrayList<>(10_000);
      exhaust(args[0], files);
      for (int k = 0; k < files.size(); k++) {
        files.get(k).close();
      }
    }
    System.out.println("survived");
    Thread.getAllStackTraces()
        .keySet()
        .forEach(thread -> System.out.println("thread " + thread.getName()));
  }

  private static void exhaust(String file, List<FileInputStream> files) throws IOException {
    List<byte[]> memory = new ArrayList<>(1_000_000);
    try {
      while (true) {
        files.add(new FileInputStream(file));
        for (int i = 0; i < 20; i++) {
          memory.add(new byte[1_000]);
        }
      }
    } catch (OutOfMemoryError e) {
      holdOut(System.nanoTime() + HOLD_OUT_NANOS);
      memory.clear();
    }
  }

  private static void holdOut(long end) {
    while (System.nanoTime() - end < 0) {
      try {
        while (true) {
          last = new Link(last);
        }
      } catch (OutOfMemoryError e) {
        // Once more: the others have freed a little.
      }
    }
    last = null;
  }
}
