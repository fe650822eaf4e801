package org.quicksilver.cli;

import java.time.ZoneId;
import java.util.List;
import org.quicksilver.cli.Table.Column;

/** Lines of the audit trail as a table. */
final class AuditTable {

  private AuditTable() {}

  static Table of(List<Row> lines, boolean stacks, ZoneId zone) {
    Table table =
        new Table(
            Column.number("NUMBER"),
            Column.text("AT"),
            Column.text("EVENT"),
            Column.number("PID"),
            Column.text("KIND"),
            Column.number("AFTER"),
            Column.path("WHAT"),
            Column.path("NOTE"));
    for (Row line : lines) {
      add(table, line, zone);
      if (stacks) {
        table.below(Opening.lines(line, zone));
      }
    }
    return table;
  }

  private static void add(Table table, Row line, ZoneId zone) {
    table.row(
        line.text("number"),
        line.instant("at").map(at -> Opening.time(at, zone)).orElse(""),
        line.word("event"),
        line.text("pid"),
        line.word("kind"),
        line.text("millis") + "ms",
        line.text("what"),
        line.text("note"));
  }
}
