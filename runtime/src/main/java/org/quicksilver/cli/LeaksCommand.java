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
      "Lists handles that outlived their transaction and were not closed or reclaimed since.",
      "Leaks (it committed) and orphans (it aborted), with the line of the program "
          + "that opened each; as too-old those open for longer than the agent's leak-age, whatever"
          + " their transaction does; and as unreachable those that were collected while open.",
      "Also of JVMs that have exited (JVM ended), so that a test can ask when its program has ended:"
          + " what they had not closed the exit has, and AGE ends with it; temporary files and child"
          + " processes they may have left behind."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:There are none.",
      "1:There are some.",
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      "5:There is no such JVM or transaction, or it is known no more.",
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
        event(leak),
        leak.text("pid"),
        leak.word("kind"),
        Lifetime.of(leak, screen().clock().instant()).map(age -> Age.of(age.toMillis())).orElse(""),
        Frames.opener(leak.texts("stack")),
        leak.text("what"));
    if (stacks) {
      table.below(Opening.lines(leak, screen().clock().getZone()));
    }
  }

  /** No column tells whether the JVM lives: nearly all do, and the line of the opener needs it. */
  private static String event(Row leak) {
    String event = Opening.isForItsAge(leak) ? "too-old" : leak.word("event");
    return leak.word("jvmState").equals("dead") ? event + " (JVM ended)" : event;
  }

  @Override
  int exitCode(JsonElement result) {
    return Row.all(result).isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }
}
