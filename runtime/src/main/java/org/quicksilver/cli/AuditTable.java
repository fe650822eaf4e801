package org.quicksilver.cli;

import java.util.List;
import org.quicksilver.cli.Table.Column;

/** Lines of the audit trail as a table. */
final class AuditTable {

  private AuditTable() {}

  static Table of(List<Row> lines, boolean stacks) {
    Table table =
        new Table(
            Column.number("NUMBER"),
            Column.text("AT"),
            Column.text("EVENT"),
            Column.number("PID"),
            Column.text("KIND"),
            Column.text("OUTCOME"),
            Column.number("AFTER"),
            Column.path("WHAT"),
            Column.text("TRANSACTION"),
            Column.path("NOTE"));
    for (Row line : lines) {
      add(table, line);
      if (stacks) {
        table.below(line.texts("stack"));
      }
    }
    return table;
  }

  private static void add(Table table, Row line) {
    table.row(
        line.text("number"),
        line.text("at"),
        line.word("event"),
        line.text("pid"),
        line.word("kind"),
        line.word("outcome"),
        line.text("millis") + "ms",
        line.text("what"),
        line.text("transaction"),
        line.text("note"));
  }
}
