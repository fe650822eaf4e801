package org.quicksilver.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The validated options of one process. Agent arguments come before system properties, these before
 * environment variables, these before the options file.
 *
 * <p>A wrong option never stops the application: it is named in {@link #complaints}, one line each,
 * and its default is used.
 *
 * @param home home directory
 * @param node {@code auto}, {@code embedded}, {@code off} or {@code host:port}
 * @param policy policy rules in their textual form, possibly empty; checked by who parses them
 * @param stack whether opening stacks are kept
 * @param hunt how leaks are looked for
 * @param without families not to intercept, lower case
 * @param cache whether transformed classes are cached
 * @param listen {@code host:port} where the node also listens; empty for none
 * @param linger how long a node stays after its last JVM left. Too small: nodes start and stop with
 *     each program; 0: it never stops
 * @param nodeHeap heap of a node that an agent starts, as for {@code -Xmx}
 * @param peers home directories or {@code host:port} of other nodes
 * @param linkDeath after how long a silence a linked node is lost. Too small: a busy or stopped
 *     node loses its transactions; too large: others wait that long for one that is gone
 * @param sturdiness {@code brittle}, {@code ordinary} or {@code robust}: how far the node may be
 *     trusted to stay
 * @param complaints what was wrong, one line each
 */
public record Settings(
    Home home,
    String node,
    String policy,
    boolean stack,
    LeakHunt hunt,
    List<String> without,
    boolean cache,
    String listen,
    Duration linger,
    String nodeHeap,
    List<String> peers,
    Duration linkDeath,
    String sturdiness,
    List<String> complaints) {

  /** Reads the options of this process from all their places. */
  public static Settings read(@Nullable String agentArguments) {
    return read(agentArguments, System.getProperties(), System.getenv());
  }

  /** The same, from given places. */
  public static Settings read(
      @Nullable String agentArguments, Properties properties, Map<String, String> environment) {
    GivenOptions given = new GivenOptions();
    given.environment(environment);
    given.properties(properties, "system property", false);
    given.arguments(agentArguments == null ? "" : agentArguments);
    return new OptionChecks(given).settings();
  }
}
