package org.quicksilver.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that was run in this process, with a clock that stands still.
 *
 * @param code exit code
 * @param out what it printed
 * @param err what it complained about
 */
record Run(int code, String out, String err) {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  static Run of(int width, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Screen screen =
        new Screen(
            new PrintWriter(out),
            new PrintWriter(err),
            width,
            false,
            Clock.fixed(NOW, ZoneOffset.UTC));
    int code = Cli.run(arguments, screen);
    return new Run(code, out.toString(), err.toString());
  }

  /** The same for a home, without a limit of the width. */
  static Run of(Path home, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--home");
    all.add(home.toString());
    return of(Screen.UNLIMITED, all.toArray(String[]::new));
  }
}
