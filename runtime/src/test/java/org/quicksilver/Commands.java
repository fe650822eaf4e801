package org.quicksilver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.quicksilver.cli.Cli;

/** Commands of the command line, run in the test's own process. */
final class Commands {

  private Commands() {}

  /** What it prints, on either channel; it must succeed. */
  static String run(Path home, String... words) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--home", home.toString()))
            .toArray(String[]::new);
    assertEquals(0, Cli.run(all, printer, printer), out::toString);
    return out.toString();
  }
}
