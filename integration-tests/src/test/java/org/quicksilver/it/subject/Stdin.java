package org.quicksilver.it.subject;

import java.io.IOException;

/** How a server is told to stop. */
final class Stdin {

  private Stdin() {}

  /** Returns when there is a byte or the end. */
  static void await() throws IOException {
    System.in.read();
  }
}
