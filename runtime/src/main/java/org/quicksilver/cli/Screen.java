package org.quicksilver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err messages
 * @param width columns of the terminal; {@link #UNLIMITED} if the output goes elsewhere, where
 *     nothing is shortened
 * @param progress whether a person sees {@code err}
 * @param clock what ages are told by
 */
record Screen(PrintWriter out, PrintWriter err, int width, boolean progress, Clock clock) {

  static final int UNLIMITED = Integer.MAX_VALUE;

  private static final int USUAL_WIDTH = 120;

  /** The screen of this process. */
  static Screen of(PrintWriter out, PrintWriter err) {
    int width = isTerminal(1) ? terminalWidth() : UNLIMITED;
    return new Screen(out, err, width, isTerminal(2), Clock.systemUTC());
  }

  /** How long ago that was. */
  String since(Instant instant) {
    return Age.of(Duration.between(instant, clock.instant()).toMillis());
  }

  /** Whether a descriptor is a terminal; without {@code /proc} nothing is taken for one. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private static int terminalWidth() {
    String columns = System.getenv("COLUMNS");
    try {
      return Math.max(40, Integer.parseInt(columns == null ? askTerminal() : columns.strip()));
    } catch (NumberFormatException | IOException e) {
      return USUAL_WIDTH;
    }
  }

  private static String askTerminal() throws IOException {
    Process stty =
        new ProcessBuilder("stty", "size")
            .redirectInput(Path.of("/dev/tty").toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var answer = stty.inputReader()) {
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return "";
      }
      String line = answer.readLine();
      return line == null ? "" : line.substring(line.indexOf(' ') + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
