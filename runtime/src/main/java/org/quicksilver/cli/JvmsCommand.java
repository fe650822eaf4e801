package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.quicksilver.cli.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quicksilver jvms}. */
@Command(
    name = "jvms",
    description = "Lists the JVMs of the node.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver jvms", "  quicksilver jvms --all --json"})
final class JvmsCommand extends NodeRequest {

  @Option(names = "--all", description = "Dead ones too, as far as they are remembered.")
  private boolean all;

  @Mixin private final JvmFilter filter = new JvmFilter();

  JvmsCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = request("jvms");
    request.addProperty("all", all);
    filter.addTo(request);
    return request;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    Table table =
        new Table(
            Column.number("PID"),
            Column.text("STATE"),
            Column.number("UP"),
            Column.number("HANDLES"),
            Column.number("UNATTRIBUTED"),
            Column.text("TRANSACTION"),
            Column.path("COMMAND"));
    for (Row jvm : Row.all(result)) {
      table.row(
          jvm.text("pid"),
          jvm.word("state"),
          jvm.instant("startedAt").map(screen()::since).orElse(""),
          jvm.text("handles"),
          jvm.number("unattributed") < 0 ? "" : jvm.text("unattributed"),
          jvm.text("transaction"),
          jvm.text("command"));
      table.below(jvm.texts("unmatched").stream().map(hook -> "not intercepted: " + hook).toList());
    }
    table.print(out, screen().width(), "no JVMs");
  }
}
