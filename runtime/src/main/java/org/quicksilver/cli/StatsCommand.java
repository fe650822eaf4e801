package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code quicksilver stats}. */
@Command(
    name = "stats",
    description = {
      "Shows what the node has counted and measured since it started.",
      "Transactions: under way, begun (made known to this node), committed, aborted, read-only "
          + "(ended here without an outcome), in doubt now and ever, damaged (another outcome than "
          + "the true one was brought about here); and outcomes by participation class, one for "
          + "each participant.",
      "Latencies in microseconds: begin to decided, without the transactions of whole processes; "
          + "ending to decided, from the wish to end it, or the request to vote; force, one of the "
          + "disk. Group: records that one force made durable.",
      "Links: sessions with other nodes, words sent, received, sent again over a later connection, "
          + "and not acknowledged yet. Percentiles are exact to one per cent."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver stats", "  quicksilver stats --json"})
final class StatsCommand extends NodeRequest {

  StatsCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() {
    return request("statistics");
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    if (result.isJsonObject()) {
      StatsTables tables = new StatsTables(new Row(result.getAsJsonObject()), screen());
      tables.print(out);
    }
  }
}
