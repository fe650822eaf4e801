package org.quicksilver.it.subject;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Takes the threads of its group for its own: waits until it is alone, says who is there, and
 * interrupts all of them each time it reads a line; then opens the file named there and leaves it
 * open.
 */
public final class Interrupter {

  private Interrupter() {}

  /** Runs until its standard input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    while (Thread.activeCount() > 1) {
      Thread.sleep(10);
    }
    System.out.println("alone: " + names());
    StringBuilder line = new StringBuilder();
    for (int c = System.in.read(); c >= 0; c = System.in.read()) {
      if (c == '\n') {
        Thread.currentThread().getThreadGroup().interrupt();
        System.out.println("interrupted: " + Thread.interrupted());
        new FileInputStream(line.toString()).read();
        System.out.println("open: " + line);
        line.setLength(0);
      } else {
        line.append((char) c);
      }
    }
  }

  private static String names() {
    Thread[] threads = new Thread[Thread.activeCount() + 1];
    int number = Thread.currentThread().getThreadGroup().enumerate(threads);
    return Arrays.stream(threads).limit(number).map(Thread::getName).collect(Collectors.joining());
  }
}
