package org.quicksilver.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quicksilver log}: needs a subcommand. */
@Command(
    name = "log",
    description = {
      "Looks into the forced log of a home, or has its node do something to it.",
      "It holds what must survive a power failure: which transactions were prepared and "
          + "committed, and the records of recoverable servers. dump and verify need no node; "
          + "force and checkpoint go to the running one, which owns the log."
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      "1:The log is damaged.",
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.DENIED_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver log verify", "  quicksilver log dump --json"})
final class LogCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(
        line, "say what to do with the log: dump, verify, force or checkpoint");
  }
}
