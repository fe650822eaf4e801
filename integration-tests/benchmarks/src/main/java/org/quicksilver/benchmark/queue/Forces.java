package org.quicksilver.benchmark.queue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quicksilver.cli.Cli;

/** How often a node has forced its log, as its statistics say. */
final class Forces {

  private static final Pattern COUNT = Pattern.compile("\"forces\":\\s*(\\d+)");

  private final Path home;

  Forces(Path home) {
    this.home = home;
  }

  long count() throws IOException {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    Cli.run(new String[] {"stats", "--json", "--home", home.toString()}, printer, printer);
    Matcher matcher = COUNT.matcher(out.toString());
    if (!matcher.find()) {
      throw new IOException("the node does not say how often it has forced: " + out);
    }
    return Long.parseLong(matcher.group(1));
  }
}
