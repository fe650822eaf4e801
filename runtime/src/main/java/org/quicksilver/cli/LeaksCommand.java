package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.quicksilver.cli.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quicksilver leaks}. */
@Command(
    name = "leaks",
    description = {
      "Lists handles that outlived their transaction and are still open.",
      "Leaks (it committed) and orphans (it aborted), with the line of the program "
          + "that opened each; and as unreachable those that were collected while open."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:There are none.",
      "1:There are some.",
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver leaks",
      "  quicksilver leaks --older-than 1h --stacks",
      "  quicksilver leaks --json || mail -s leaks me@example.com"
    })
final class LeaksCommand extends NodeRequest {

  @Mixin private final Filters filters = new Filters();
  @Mixin private final StackFilters stackFilters = new StackFilters();

  @Option(
      names = "--stacks",
      description = "Below each: its transaction, who opened it, and the opening stack.")
  private boolean stacks;

  @Option(
      names = "--group",
      description =
          "Those of one kind with the same opening stack in one line, with their number; with --json"
              + " one object for each: count, kind, oldest, stack, and the handles.")
  private boolean group;

  LeaksCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = request("leaks");
    filters.addTo(request);
    return stackFilters.addTo(request);
  }

  @Override
  JsonElement narrowed(JsonElement result) {
    return stackFilters.narrowed(result);
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    if (group) {
      StackGroups.print(Row.all(result), stacks, screen(), out, "no leaks");
    } else {
      list(result, out);
    }
  }

  @Override
  JsonElement asJson(JsonElement result) {
    return group ? StackGroups.toJson(Row.all(result)) : result;
  }

  private void list(JsonElement result, PrintWriter out) {
    Table table =
        new Table(
            Column.text("EVENT"),
            Column.number("PID"),
            Column.text("KIND"),
            Column.number("AGE"),
            Column.path("OPENED BY"),
            Column.path("WHAT"));
    Row.all(result).forEach(leak -> add(table, leak));
    table.print(out, screen().width(), "no leaks");
  }

  private void add(Table table, Row leak) {
    table.row(
        leak.word("event"),
        leak.text("pid"),
        leak.word("kind"),
        leak.instant("openedAt").map(screen()::since).orElse(""),
        Frames.opener(leak.texts("stack")),
        leak.text("what"));
    if (stacks) {
      table.below(Opening.lines(leak, screen().clock().getZone()));
    }
  }

  @Override
  int exitCode(JsonElement result) {
    return Row.all(result).isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }
}
