package org.quicksilver.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of {@code quicksilver.jar}. */
public final class Cli {

  private static final int HELP_WIDTH = 100;

  private Cli() {}

  /**
   * Runs a command; blocks until it is done. Never throws for what a user does: messages go to
   * {@code err}, one line each, and the exit code says what went wrong, see {@code quicksilver
   * --help}.
   *
   * @return the exit code
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    return run(args, Screen.of(out, err));
  }

  static int run(String[] arguments, Screen screen) {
    CommandLine line = new CommandTree(screen).lineFor(arguments);
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setOut(screen.out());
    line.setErr(screen.err());
    line.setParameterExceptionHandler(Cli::wrongArguments);
    line.setExecutionExceptionHandler((e, command, result) -> failed(e, screen));
    int code = line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    screen.out().flush();
    screen.err().flush();
    return arguments.length == 0 ? ExitCode.USAGE : code;
  }

  private static int wrongArguments(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String message =
        e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
            ? "unknown command or argument: '" + String.join(" ", unmatched.getUnmatched()) + "'"
            : String.valueOf(e.getMessage());
    err.println("quicksilver: " + Shortening.oneLine(message));
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  private static int failed(Exception e, Screen screen) {
    boolean expected = e instanceof CommandException;
    String message = expected ? String.valueOf(e.getMessage()) : "the command failed: " + e;
    screen.err().println("quicksilver: " + Shortening.oneLine(message));
    return e instanceof CommandException known ? known.exitCode() : ExitCode.FAILED;
  }
}
