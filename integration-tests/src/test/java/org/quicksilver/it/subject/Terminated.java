package org.quicksilver.it.subject;

import java.io.FileInputStream;
import java.util.concurrent.CountDownLatch;

/**
 * Opens a file, prints {@code ready} and waits for a signal; a shutdown hook has the last word:
 * {@code <file>}.
 */
public final class Terminated {

  private Terminated() {}

  /** Waits. */
  public static void main(String[] args) throws Exception {
    FileInputStream file = new FileInputStream(args[0]);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> lastWord(file)));
    System.out.println("ready");
    new CountDownLatch(1).await();
  }

  private static void lastWord(FileInputStream file) {
    try (file) {
      System.out.println("leaving, the file says " + (char) file.read());
    } catch (java.io.IOException e) {
      System.out.println(e);
    }
  }
}
