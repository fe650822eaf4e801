package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.quicksilver.cli.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quicksilver handles}. */
@Command(
    name = "handles",
    description = {
      "Lists open handles: files, sockets, windows, child processes, temporary files and more.",
      "With --unattributed the descriptors that are none of them: opened by native code, by a way"
          + " that is not intercepted, or before the agent was attached."
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
      "  quicksilver handles --kind file --older-than 5m",
      "  quicksilver handles --jvm 4711 --path '/srv/spool/**' --stacks"
    })
final class HandlesCommand extends NodeRequest {

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

  @Option(
      names = "--unattributed",
      description = "Only descriptors that are open and of which no record tells (Linux).")
  private boolean unattributed;

  HandlesCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = request(unattributed ? "unattributed" : "handles");
    filters.addTo(request);
    return stackFilters.addTo(request);
  }

  @Override
  JsonElement narrowed(JsonElement result) {
    return stackFilters.narrowed(result);
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    if (unattributed) {
      showDescriptors(result, out);
    } else if (group) {
      StackGroups.print(Row.all(result), stacks, screen(), out, "no handles");
    } else {
      list(result, out);
    }
  }

  @Override
  JsonElement asJson(JsonElement result) {
    return group && !unattributed ? StackGroups.toJson(Row.all(result)) : result;
  }

  private void showDescriptors(JsonElement result, PrintWriter out) {
    Table table =
        new Table(Column.number("PID"), Column.number("DESCRIPTOR"), Column.path("LEADS TO"));
    for (Row one : Row.all(result)) {
      table.row(one.text("pid"), one.text("descriptor"), one.text("target"));
    }
    table.print(out, screen().width(), "every descriptor has its record");
  }

  private void list(JsonElement result, PrintWriter out) {
    Table table =
        new Table(
            Column.number("PID"),
            Column.text("KIND"),
            Column.number("AGE"),
            Column.text("TRANSACTION"),
            Column.path("WHAT"));
    for (Row handle : Row.all(result)) {
      table.row(
          handle.text("pid"),
          handle.word("kind"),
          Age.of(handle.number("ageMillis")),
          handle.text("transaction"),
          handle.text("what"));
      if (stacks) {
        table.below(Opening.lines(handle, screen().clock().getZone()));
      }
    }
    table.print(out, screen().width(), "no handles");
  }
}
