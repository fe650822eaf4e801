package org.quicksilver.cli;

import picocli.CommandLine.Command;

/** {@code quicksilver policy list}, the same as {@code quicksilver policy}. */
@Command(
    name = "list",
    description = "Shows the policies of the node, in their order.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = "  quicksilver policy list --json")
final class PolicyListCommand extends PolicyCommand {

  PolicyListCommand(Screen screen) {
    super(screen);
  }
}
