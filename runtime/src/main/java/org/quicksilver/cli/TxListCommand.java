package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.quicksilver.cli.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quicksilver tx list}. */
@Command(
    name = "list",
    description = {
      "Lists the transactions that are under way.",
      "ROLE is that of this node; SUPERIOR the node it reports to; IN DOUBT for how long it has been "
          + "prepared with its superior out of reach: see tx resolve."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver tx list", "  quicksilver tx list --programs --all --json"})
final class TxListCommand extends NodeRequest {

  @Option(names = "--all", description = "Ended ones too, as far as they are remembered.")
  private boolean all;

  @Option(
      names = "--programs",
      description = "Only those begun by programs that know of transactions.")
  private boolean programs;

  TxListCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = request("transactions");
    request.addProperty("all", all);
    request.addProperty("programs", programs);
    return request;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    Table table =
        new Table(
            Column.text("TRANSACTION"),
            Column.text("KIND"),
            Column.text("ROLE"),
            Column.text("SUPERIOR"),
            Column.text("PHASE"),
            Column.text("OUTCOME"),
            Column.number("OWNER"),
            Column.number("PARTS"),
            Column.number("AGE"),
            Column.number("IN DOUBT"),
            Column.path("FAILURE"));
    for (Row row : Row.all(result)) {
      table.row(
          row.text("transaction"),
          row.text("kind"),
          row.text("role"),
          row.text("superior"),
          row.word("phase"),
          row.word("outcome"),
          row.text("owner"),
          Integer.toString(row.rows("participants").size()),
          age(row, "beganAt"),
          age(row, "doubtSince"),
          trouble(row));
    }
    table.print(out, screen().width(), "no transactions");
  }

  private String age(Row row, String field) {
    return row.instant(field).map(screen()::since).orElse("");
  }

  private static String trouble(Row row) {
    String damage = row.text("damage");
    Stream<String> failures = row.texts("failures").stream();
    Stream<String> all =
        damage.isEmpty() ? failures : Stream.concat(Stream.of("damage: " + damage), failures);
    return all.collect(Collectors.joining("; "));
  }
}
