package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Signals that Java cannot send. */
final class Signals {

  private Signals() {}

  /**
   * Whether this process was started to ignore a signal, as by {@code nohup}: then the programs it
   * starts do so, too.
   *
   * @param number as in {@code kill -l}
   */
  static boolean isIgnored(int number) throws IOException {
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      String ignored = status.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
      long mask = Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16);
      return (mask >> (number - 1) & 1) == 1;
    }
  }

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
