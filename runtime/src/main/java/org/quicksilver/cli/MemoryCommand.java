package org.quicksilver.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code quicksilver memory}: needs a subcommand. */
@Command(
    name = "memory",
    description = {
      "Looks into the log of a recoverable memory, of either engine: LRVM or Vista.",
      "No node has to run, and no program that uses the memory may: a log has one user at a time. "
          + "Only recover changes anything."
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
    footer = {"  quicksilver memory info bank.log", "  quicksilver memory verify bank.log --json"})
final class MemoryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(
        line, "say what to do with the memory: info, log, verify or recover");
  }
}
