package org.quicksilver.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Durations;
import org.quicksilver.config.Settings;
import org.quicksilver.node.Node;
import org.quicksilver.node.NodeRunningException;
import org.quicksilver.node.RuntimeModules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quicksilver node}: the only command that is a node, not one that asks one. */
@Command(
    name = "node",
    description = {
      "Runs the node of a home in the foreground.",
      "Until it is told to stop: by Ctrl-C, SIGTERM or 'quicksilver stop', or by "
          + "itself some time after its last JVM left. Usually an agent starts it. It "
          + "logs to node.log in the home."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It has stopped in order.",
      ExitCode.USAGE_HELP,
      "4:A node of this home is running already.",
      ExitCode.FAILED_HELP,
      "130, 143:It has stopped in order after Ctrl-C, SIGTERM."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver node --linger 0",
      "  quicksilver node --home /var/lib/quicksilver --listen 127.0.0.1:7475"
    })
final class NodeCommand implements Callable<Integer> {

  private final Screen screen;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Home directory (default: QUICKSILVER_HOME, or ~/.quicksilver).")
  private @Nullable Path home;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Listen on this loopback port, too.")
  private @Nullable String listen;

  @Option(
      names = "--linger",
      paramLabel = "TIME",
      description = "Stop that long after the last JVM left: 30s, 5m; 0 for never (default: 60s).")
  private @Nullable String linger;

  @Option(names = "--quiet", description = "Do not say when it is ready.")
  private boolean quiet;

  NodeCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws CommandException {
    Settings settings = settings();
    settings.complaints().forEach(complaint -> screen.err().println("quicksilver: " + complaint));
    try {
      RuntimeModules.check();
      return run(settings);
    } catch (NodeRunningException e) {
      throw new CommandException(ExitCode.NODE_RUNNING, String.valueOf(e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "the node does not start: " + (e.getMessage() == null ? e : e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  private int run(Settings settings) throws IOException, InterruptedException {
    try (Node node = Node.start(settings)) {
      if (!quiet) {
        node.address().ifPresent(address -> screen.out().println("listening on " + text(address)));
        screen.out().println("node ready: " + settings.home().socket());
        screen.out().flush();
      }
      node.awaitStop();
      return ExitCode.OK;
    }
  }

  /**
   * Options of the command line count like system properties, which come before environment and
   * file.
   */
  private Settings settings() throws CommandException {
    Properties properties = new Properties();
    properties.putAll(System.getProperties());
    put(properties, org.quicksilver.config.Option.HOME, home);
    if (listen != null) {
      Target.endpoint("--listen", listen);
      put(properties, org.quicksilver.config.Option.LISTEN, listen);
    }
    // Meant for agents; here it could only say that this is no node.
    put(properties, org.quicksilver.config.Option.NODE, "auto");
    put(properties, org.quicksilver.config.Option.LINGER, checked(linger));
    return Settings.read(null, properties, System.getenv());
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  private static void put(
      Properties properties, org.quicksilver.config.Option option, @Nullable Object value) {
    if (value != null) {
      properties.put(option.property(), value.toString());
    }
  }

  private static @Nullable String checked(@Nullable String duration) throws CommandException {
    try {
      if (duration != null) {
        Durations.parse(duration);
      }
      return duration;
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--linger: " + e.getMessage(), e);
    }
  }
}
