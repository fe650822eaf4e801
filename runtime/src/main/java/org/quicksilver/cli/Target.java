package org.quicksilver.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;
import picocli.CommandLine.Option;

/** Options: which node. */
final class Target {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Home directory of the node (default: QUICKSILVER_HOME, or ~/.quicksilver).")
  private @Nullable Path home;

  @Option(
      names = "--node",
      paramLabel = "HOST:PORT",
      description = "Ask the node that listens there, not at the socket file in the home.")
  private @Nullable String node;

  Home home() {
    return home == null ? Settings.read(null).home() : new Home(home);
  }

  /** Where it listens, if not at its socket file. */
  Optional<InetSocketAddress> address() throws CommandException {
    return node == null ? Optional.empty() : Optional.of(endpoint("--node", node));
  }

  /** Reads the value of an option that is an address. */
  static InetSocketAddress endpoint(String option, String text) throws CommandException {
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      throw badEndpoint(option, text, e);
    }
    throw badEndpoint(option, text, null);
  }

  private static CommandException badEndpoint(
      String option, String text, @Nullable Throwable cause) {
    return new CommandException(
        ExitCode.USAGE,
        "not an address: '" + text + "'; write " + option + "=127.0.0.1:7475",
        cause);
  }
}
