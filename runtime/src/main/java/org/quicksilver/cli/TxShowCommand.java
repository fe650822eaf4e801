package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.quicksilver.cli.Table.Column;
import picocli.CommandLine.Command;

/** {@code quicksilver tx show}. */
@Command(
    name = "show",
    description = "Shows one transaction and who takes part in it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.NOT_FOUND_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = "  quicksilver tx show 00c0ffee00c0ffee-00000007-2a")
final class TxShowCommand extends TxRequest {

  TxShowCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    return about("transaction");
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    Row row = new Row(result.getAsJsonObject());
    out.printf(
        "%s  %s  %s  %s%n",
        row.text("transaction"), row.text("kind"), row.word("phase"), superior(row));
    times(row, out);
    if (!row.text("damage").isEmpty()) {
      out.println("  damage: " + row.text("damage"));
    }
    row.texts("failures").forEach(failure -> out.println("  failed: " + failure));
    Table table =
        new Table(
            Column.number("PID/NODE"),
            Column.number("PART"),
            Column.text("CLASS"),
            Column.text("PROGRESS"),
            Column.text("VOTE"),
            Column.text("REACHABLE"));
    for (Row part : row.rows("participants")) {
      table.row(
          part.text("node").isEmpty() ? part.text("pid") : part.text("node"),
          part(part),
          part.word("participation"),
          part.word("progress"),
          part.word("vote"),
          part.text("reachable"));
    }
    table.print(out, screen().width(), "nobody takes part");
  }

  private void times(Row row, PrintWriter out) {
    if (!row.text("outcome").isEmpty()) {
      out.println("  outcome: " + row.word("outcome"));
    }
    row.instant("beganAt").ifPresent(at -> out.println("  age: " + screen().since(at)));
    row.instant("doubtSince")
        .ifPresent(at -> out.println("  in doubt for " + screen().since(at) + ": see tx resolve"));
    row.instant("endedAt").ifPresent(at -> out.println("  ended " + screen().since(at) + " ago"));
  }

  private static String superior(Row row) {
    return row.text("superior").isEmpty()
        ? "root, owner " + row.text("owner")
        : "subordinate of node " + row.text("superior") + coordinator(row);
  }

  private static String coordinator(Row row) {
    String coordinator = row.text("coordinator");
    return coordinator.isEmpty() || coordinator.equals(row.text("superior"))
        ? ""
        : ", decided by node " + coordinator;
  }

  private static String part(Row part) {
    if (!part.text("node").isEmpty()) {
      return "node";
    }
    return part.text("number").equals("0") ? "handles" : part.text("number");
  }
}
