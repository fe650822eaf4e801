package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.quicksilver.cli.Table.Column;
import picocli.CommandLine.Command;

/** {@code quicksilver queues}. */
@Command(
    name = "queues",
    description = {
      "Lists the service queues that are served or sought by processes of this node.",
      "",
      "What a process says about its offers is at most a second old. Latencies are those of serving"
          + " a request, at the median, the 99th percentile and the longest."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver queues", "  quicksilver queues --json"})
final class QueuesCommand extends NodeRequest {

  QueuesCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() {
    return request("queues");
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    Table table =
        new Table(
            Column.path("QUEUE"),
            Column.text("KIND"),
            Column.number("CLIENTS"),
            Column.number("PID"),
            Column.number("DEPTH"),
            Column.number("SERVED"),
            Column.number("FAILED"),
            Column.number("PER SECOND"),
            Column.number("MEDIAN"),
            Column.number("99 %"),
            Column.number("LONGEST"),
            Column.path("SERVER"));
    Row.all(result).forEach(queue -> add(queue, table));
    table.print(out, screen().width(), "no queues");
  }

  private static void add(Row queue, Table table) {
    if (queue.rows("offers").isEmpty()) {
      table.row(
          queue.text("queue"), "", queue.text("clients"), "", "", "", "", "", "", "", "", "nobody");
    }
    for (Row offer : queue.rows("offers")) {
      table.row(
          queue.text("queue"),
          queue.flag("recoverable") ? "recoverable" : "volatile",
          queue.text("clients"),
          offer.text("pid"),
          offer.text("depth"),
          offer.text("served"),
          offer.text("failed"),
          offer.text("perSecond"),
          micros(offer, "medianMicros"),
          micros(offer, "ninetyNinthMicros"),
          micros(offer, "longestMicros"),
          offer.text("pid").isEmpty() ? "node " + offer.text("node") : offer.text("command"));
    }
  }

  private static String micros(Row offer, String field) {
    return offer.text(field).isEmpty() ? "" : offer.text(field) + " us";
  }
}
