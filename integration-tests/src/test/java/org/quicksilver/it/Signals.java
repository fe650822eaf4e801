package org.quicksilver.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Signals that Java cannot send. */
final class Signals {

  private Signals() {}

  /** To all at once. */
  static void send(String signal, Long... pids) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    Arrays.stream(pids).map(String::valueOf).forEach(command::add);
    try {
      int code = new ProcessBuilder(command).start().waitFor();
      if (code != 0) {
        throw new AssertionError(String.join(" ", command) + " failed");
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
