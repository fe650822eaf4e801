package org.quicksilver.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quicksilver attach}. */
@Command(
    name = "attach",
    description = {
      "Loads the agent into a running JVM of the same user.",
      "Handles that are open already are not known to it. From Java 21 on that JVM "
          + "prints a warning about a dynamically loaded agent, unless it was started "
          + "with -XX:+EnableDynamicAgentLoading. 'quicksilver detach' takes the agent out again."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The agent runs in that JVM.",
      ExitCode.USAGE_HELP,
      "4:An agent is running in that JVM already.",
      "5:There is no such process, or it is no JVM.",
      "6:That JVM belongs to another user, or does not let itself be attached to.",
      "10:This Java has no module jdk.attach, or the agent did not start; the message says which."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver attach 4711",
      "  quicksilver attach 4711 -o policy='file=reclaim@5s' -o stack=off"
    })
final class AttachCommand implements Callable<Integer> {

  private final Screen screen;

  @Parameters(paramLabel = "PID", description = "Process ID of the JVM.")
  private long pid;

  @Option(
      names = {"-o", "--option"},
      paramLabel = "KEY=VALUE",
      description = "An option of the agent; may be repeated.")
  private List<String> options = new ArrayList<>();

  @Option(names = "--home", paramLabel = "DIR", description = "The same as -o home=DIR.")
  private @Nullable Path home;

  @Option(names = "--agent", paramLabel = "JAR", description = "The agent (default: this program).")
  private @Nullable Path agent;

  AttachCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws CommandException {
    List<String> arguments = arguments();
    Home target = Settings.read(String.join(",", arguments)).home();
    ProcessHandle process = Attachment.process(pid);
    Attached attached = new Attached(target);
    if (attached.contains(pid)) {
      throw new CommandException(
          ExitCode.NODE_RUNNING, "an agent is running in process " + pid + " already");
    }
    Attachment attachment = new Attachment(process);
    attachment.checkIsJvm();
    attachment.load(Attachment.jar(agent), String.join(",", arguments));
    if (!attached.contains(pid)) {
      throw new CommandException(
          ExitCode.FAILED,
          "the agent did not start in process "
              + pid
              + "; it says why on that process's standard error");
    }
    screen.out().println("attached to " + pid);
    return ExitCode.OK;
  }

  /** The home is always said: that JVM may have been started in another environment. */
  private List<String> arguments() throws CommandException {
    List<String> arguments = new ArrayList<>();
    if (options.stream().noneMatch(option -> option.startsWith("home="))) {
      Path directory = home == null ? Settings.read(null).home().directory() : home;
      arguments.add("home=" + directory.toAbsolutePath());
    }
    for (String option : options) {
      if (option.indexOf('=') < 1 || option.contains(",")) {
        throw new CommandException(
            ExitCode.USAGE, "not an option: '" + option + "'; write -o key=value, without commas");
      }
      arguments.add(option);
    }
    return arguments;
  }
}
