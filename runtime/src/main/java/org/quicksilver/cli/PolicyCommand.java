package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code quicksilver policy} and {@code policy list}. */
@Command(
    name = "policy",
    description = {
      "Shows the policies that the node gives to all its JVMs.",
      "The first rule that matches says what is done with a handle that outlives "
          + "its transaction; a JVM's own rules come before these. A rule is "
          + "kind[:glob]=action[+leaks][@grace]; the actions are observe, reclaim, "
          + "ignore."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.DENIED_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver policy list",
      "  quicksilver policy set 'file:/srv/spool/**=reclaim+leaks@5s' 'socket=reclaim@0'",
      "  quicksilver policy clear"
    })
class PolicyCommand extends NodeRequest {

  PolicyCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    return request("policy");
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    List<String> rules =
        result.isJsonObject() ? new Row(result.getAsJsonObject()).texts("rules") : List.of();
    if (rules.isEmpty()) {
      out.println("no rules: everything is observed");
    }
    rules.forEach(out::println);
  }
}
