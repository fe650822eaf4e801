package org.quicksilver.cli;

import com.google.gson.JsonObject;
import picocli.CommandLine.Command;

/** {@code quicksilver log checkpoint}. */
@Command(
    name = "checkpoint",
    description = {
      "Has the running node give up the records of transactions that are over.",
      "The log is forced, and segments that nobody needs any more are deleted. The node does so by "
          + "itself from time to time. Needs the secret of the owner, a file in the home."
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
    footer = "  quicksilver log checkpoint --json")
final class LogCheckpointCommand extends LogOrder {

  LogCheckpointCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() {
    return request("log-checkpoint");
  }
}
