package org.quicksilver.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quicksilver detach}. */
@Command(
    name = "detach",
    description = {
      "Takes the agent out of a running JVM of the same user.",
      "Nothing is intercepted there any more, the classes of the JDK are again what they were, "
          + "and to the node the JVM has left in order: what it has open stays its own, and what was "
          + "reported of it is withdrawn. It can be attached to again."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:No agent runs in that JVM any more.",
      ExitCode.USAGE_HELP,
      "5:There is no such process, it is no JVM, or no agent runs in it.",
      "6:That JVM belongs to another user, or does not let itself be attached to.",
      "10:This Java has no module jdk.attach, or the agent did not leave; the message says which."
    },
    footerHeading = "%nExamples:%n",
    footer = "  quicksilver detach 4711")
final class DetachCommand implements Callable<Integer> {

  /** What the agent is given in place of options. */
  private static final String ORDER = "detach";

  private final Screen screen;

  @Parameters(paramLabel = "PID", description = "Process ID of the JVM.")
  private long pid;

  @Option(names = "--home", paramLabel = "DIR", description = "Home of the agent in there.")
  private @Nullable Path home;

  @Option(names = "--agent", paramLabel = "JAR", description = "The agent (default: this program).")
  private @Nullable Path agent;

  DetachCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws CommandException {
    Attachment attachment = new Attachment(Attachment.process(pid));
    attachment.checkIsJvm();
    Attached attached = new Attached(Settings.read(home == null ? null : "home=" + home).home());
    if (!attached.contains(pid)) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "no agent of this home runs in process " + pid);
    }
    attachment.load(Attachment.jar(agent), ORDER);
    if (attached.contains(pid)) {
      throw new CommandException(
          ExitCode.FAILED,
          "the agent did not leave process "
              + pid
              + "; it says why on that process's standard error");
    }
    screen.out().println("detached from " + pid);
    return ExitCode.OK;
  }
}
