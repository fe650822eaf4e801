package org.quicksilver.it.subject;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs out of stack again and again while it opens and closes files, survives, and prints how many
 * of them are still open after a collection: {@code <file>}.
 */
public final class StackExhausted {

  private static final int ROUNDS = 30;
  private static final int COLLECTIONS = 20;

  private StackExhausted() {}

  /** Survives. */
  public static void main(String[] args) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      try {
        descend(args[0]);
      } catch (StackOverflowError e) {
        // The next round.
      }
    }
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      Thread.sleep(10);
    }
    System.out.println(open(Path.of(args[0])));
  }

  private static void descend(String file) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      in.read();
    }
    descend(file);
  }

  private static int open(Path file) throws IOException {
    int open = 0;
    for (File descriptor : new File("/proc/self/fd").listFiles()) {
      if (Files.exists(descriptor.toPath())
          && descriptor.toPath().toRealPath().equals(file.toRealPath())) {
        open++;
      }
    }
    return open;
  }
}
