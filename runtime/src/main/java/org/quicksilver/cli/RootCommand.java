package org.quicksilver.cli;

import picocli.CommandLine.Command;

/** {@code quicksilver}: says what there is. */
@Command(
    name = "quicksilver",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Quicksilver for the JVM: gives back what a dead process left behind in others.",
      "",
      "Attach it to a program with java -javaagent:quicksilver.jar[=key=value,...] -jar"
          + " program.jar",
      "",
      "Tables are as wide as COLUMNS says, else 120 characters; with COLUMNS=0 nothing is"
          + " shortened."
    },
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      "1:Leaks were found (leaks), or more handles than before (diff).",
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      "4:A node, or an agent, is running already.",
      ExitCode.NOT_FOUND_HELP,
      ExitCode.DENIED_HELP,
      ExitCode.REFUSED_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver tree", "  quicksilver leaks --stacks", "  quicksilver help attach"})
final class RootCommand {}
