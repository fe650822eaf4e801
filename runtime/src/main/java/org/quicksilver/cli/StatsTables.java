package org.quicksilver.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.quicksilver.cli.Table.Column;

/**
 * The answer to {@code statistics} for people.
 *
 * @param answer the answer
 * @param screen where it goes
 */
record StatsTables(Row answer, Screen screen) {

  void print(PrintWriter out) {
    counts().print(out, screen.width(), "");
    out.println();
    classes().print(out, screen.width(), "no classes");
    out.println();
    measures().print(out, screen.width(), "");
    out.println();
    links().print(out, screen.width(), "no links to other nodes");
  }

  private Table counts() {
    Table table = new Table(Column.text("TRANSACTIONS"), Column.number("COUNT"));
    Row counts = answer.row("transactions");
    table.row("under way", answer.text("underWay"));
    table.row("begun", counts.text("begun"));
    table.row("committed", counts.text("committed"));
    table.row("aborted", counts.text("aborted"));
    table.row("read-only", counts.text("readOnly"));
    table.row("in doubt now", answer.text("inDoubt"));
    table.row("in doubt ever", counts.text("everInDoubt"));
    table.row("damaged", counts.text("damaged"));
    table.row("records logged", answer.row("log").text("records"));
    table.row("forces", answer.row("log").text("forces"));
    return table;
  }

  private Table classes() {
    Table table =
        new Table(
            Column.text("PARTICIPANTS"), Column.number("COMMITTED"), Column.number("ABORTED"));
    for (Row each : answer.rows("classes")) {
      table.row(each.word("participation"), each.text("committed"), each.text("aborted"));
    }
    return table;
  }

  private Table measures() {
    Table table =
        new Table(
            Column.text("MEASURED"),
            Column.number("COUNT"),
            Column.number("MEAN"),
            Column.number("P50"),
            Column.number("P90"),
            Column.number("P99"),
            Column.number("MAX"));
    Row latencies = answer.row("latencies");
    measure(table, "begin to decided, us", latencies.row("beginToDecided"));
    measure(table, "ending to decided, us", latencies.row("endingToDecided"));
    measure(table, "force, us", answer.row("log").row("forceMicros"));
    measure(table, "group, records", answer.row("log").row("groups"));
    return table;
  }

  private static void measure(Table table, String name, Row summary) {
    table.row(
        name,
        summary.text("count"),
        mean(summary.text("mean")),
        summary.text("p50"),
        summary.text("p90"),
        summary.text("p99"),
        summary.text("max"));
  }

  private static String mean(String number) {
    try {
      return String.format(Locale.ROOT, "%.1f", Double.parseDouble(number));
    } catch (NumberFormatException e) {
      return "";
    }
  }

  private Table links() {
    Table table =
        new Table(
            Column.text("NODE"),
            Column.text("STATE"),
            Column.number("AGE"),
            Column.number("SILENT"),
            Column.number("SENT"),
            Column.number("RECEIVED"),
            Column.number("RESENT"),
            Column.number("UNACKNOWLEDGED"),
            Column.path("ADDRESS"));
    for (Row link : answer.rows("links")) {
      table.row(
          link.text("node").isEmpty() ? "-" : link.text("node"),
          link.text("state"),
          Age.of(link.number("ageMillis")),
          Age.of(link.number("silentMillis")),
          link.text("sent"),
          link.text("received"),
          link.text("resent"),
          link.text("unacknowledged"),
          link.text("address"));
    }
    return table;
  }
}
