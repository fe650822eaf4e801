package org.quicksilver.cli;

import com.google.gson.JsonObject;
import picocli.CommandLine.Command;

/** {@code quicksilver log force}. */
@Command(
    name = "force",
    description = {
      "Has the running node force its log: all that was written before survives a power failure.",
      "Needs the secret of the owner, a file in the home."
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
    footer = "  quicksilver log force")
final class LogForceCommand extends LogOrder {

  LogForceCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() {
    return request("log-force");
  }
}
