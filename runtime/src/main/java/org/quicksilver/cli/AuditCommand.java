package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quicksilver audit}. */
@Command(
    name = "audit",
    description = {
      "Lists the audit trail: what outlived its transaction, and what was done about it.",
      "Without --from the newest lines."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver audit --limit 20",
      "  quicksilver audit --transaction 00c0ffee00c0ffee-00000007-2a --stacks",
      "  quicksilver audit --follow"
    })
final class AuditCommand extends NodeRequest {

  @Mixin private final Filters filters = new Filters();

  @Option(
      names = "--stacks",
      description = "Below each: its transaction, who opened it, and the opening stack.")
  private boolean stacks;

  @Option(names = "--from", paramLabel = "NUMBER", description = "From this line on.")
  private long from;

  @Option(names = "--follow", description = "Then wait for more, until interrupted.")
  private boolean follow;

  AuditCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = request("audit");
    filters.addTo(request);
    if (from > 0) {
      request.addProperty("from", from);
    }
    return request;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    table(result).print(out, screen().width(), "nothing in the audit trail");
  }

  @Override
  public Integer call() throws CommandException {
    return follow ? new Following(this::ask, request(), this::showMore).run() : super.call();
  }

  private Table table(JsonElement result) {
    return AuditTable.of(Row.all(result), stacks, screen().clock().getZone());
  }

  private void showMore(JsonElement result, boolean first) {
    if (json()) {
      print(result);
    } else {
      table(result).print(screen().out(), screen().width(), first);
    }
    screen().out().flush();
  }
}
