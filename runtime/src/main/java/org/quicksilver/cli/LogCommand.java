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
      "Looks into the forced log of a home.",
      "It holds what must survive a power failure: which transactions were prepared and "
          + "committed, and the records of recoverable servers. No node has to run."
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      "1:The log is damaged.",
      ExitCode.USAGE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver log verify", "  quicksilver log dump --json"})
final class LogCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(line, "say what to do with the log: dump or verify");
  }
}
