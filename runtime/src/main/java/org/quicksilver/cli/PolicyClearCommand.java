package org.quicksilver.cli;

import com.google.gson.JsonObject;
import picocli.CommandLine.Command;

/** {@code quicksilver policy clear}. */
@Command(
    name = "clear",
    description = {
      "Removes the policies of the node.",
      "Everything is observed then, but for what a JVM's own rules say. Needs the "
          + "secret of the owner, a file in the home."
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
    footer = "  quicksilver policy clear")
final class PolicyClearCommand extends PolicyCommand {

  PolicyClearCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = super.request();
    request.addProperty("set", "");
    return request;
  }

  @Override
  boolean asOwner() {
    return true;
  }
}
