package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.quicksilver.cli.Table.Column;
import org.quicksilver.transaction.TransactionId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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
final class TxShowCommand extends NodeRequest {

  @Parameters(paramLabel = "TID", description = "The transaction, as tx list shows it.")
  private String transaction = "";

  TxShowCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = request("transaction");
    try {
      request.addProperty("transaction", TransactionId.parse(transaction).toString());
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
    return request;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    Row row = new Row(result.getAsJsonObject());
    out.printf(
        "%s  %s  %s  %s%n",
        row.text("transaction"), row.text("kind"), row.word("phase"), superior(row));
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

  private static String superior(Row row) {
    return row.text("superior").isEmpty()
        ? "owner " + row.text("owner")
        : "below node " + row.text("superior");
  }

  private static String part(Row part) {
    if (!part.text("node").isEmpty()) {
      return "node";
    }
    return part.text("number").equals("0") ? "handles" : part.text("number");
  }
}
