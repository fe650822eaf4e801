package org.quicksilver.it.subject;

import java.io.FileInputStream;
import java.io.IOException;

/**
 * Runs out of stack again and again while it opens and closes files, and survives: {@code <file>}.
 * Prints how often, and what it can still read.
 */
public final class StackExhausted {

  private static final int ROUNDS = 10;

  private StackExhausted() {}

  /** Survives. */
  public static void main(String[] args) throws IOException {
    int survived = 0;
    for (int i = 0; i < ROUNDS; i++) {
      try {
        descend(args[0]);
      } catch (StackOverflowError e) {
        survived++;
      }
    }
    System.out.println("survived " + survived + " times");
    try (FileInputStream in = new FileInputStream(args[0])) {
      System.out.println("the file says " + (char) in.read());
    }
  }

  private static void descend(String file) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      in.read();
    }
    descend(file);
  }
}
