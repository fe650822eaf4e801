package org.quicksilver.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
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
    Parser parser = new Parser();
    parser.environment(environment);
    parser.properties(properties, "system property", false);
    parser.arguments(agentArguments == null ? "" : agentArguments);
    return parser.settings();
  }

  /** Collects values, later ones winning, then validates. */
  private static final class Parser {
    private final Map<Option, String> values = new EnumMap<>(Option.class);
    private final List<String> complaints = new ArrayList<>();

    void environment(Map<String, String> environment) {
      for (Option option : Option.values()) {
        String value = environment.get(option.variable());
        if (value != null) {
          values.put(option, value.strip());
        }
      }
    }

    /**
     * In the options file every key must be known; system properties of others may share our
     * prefix.
     */
    void properties(Properties properties, String where, boolean strict) {
      for (String name : properties.stringPropertyNames()) {
        if (name.startsWith("quicksilver.")) {
          put(name.substring("quicksilver.".length()), properties.getProperty(name), where);
        } else if (strict) {
          say("unknown key '" + name + "' in " + where + ": ignored");
        }
      }
    }

    void arguments(String arguments) {
      for (String argument : arguments.split(",")) {
        int equals = argument.indexOf('=');
        if (equals > 0) {
          put(
              argument.substring(0, equals).strip(),
              argument.substring(equals + 1),
              "agent option");
        } else if (!argument.isBlank()) {
          say("agent option '" + argument + "' has no value: ignored; write key=value");
        }
      }
    }

    private void put(String key, String value, String where) {
      for (Option option : Option.values()) {
        if (option.key().equals(key)) {
          values.put(option, value.strip());
          return;
        }
      }
      say("unknown " + where + " '" + key + "': ignored; known are " + knownKeys());
    }

    private static String knownKeys() {
      StringBuilder keys = new StringBuilder();
      for (Option option : Option.values()) {
        keys.append(keys.isEmpty() ? "" : ", ").append(option.key());
      }
      return keys.toString();
    }

    Settings settings() {
      Home home = new Home(homeDirectory());
      underlay(home);
      return new Settings(
          home,
          node(),
          values.getOrDefault(Option.POLICY, ""),
          stack(),
          hunt(),
          families(),
          flag(Option.CACHE),
          listen(),
          linger(),
          heap(),
          peers(),
          linkDeath(),
          sturdiness(),
          List.copyOf(complaints));
    }

    private Path homeDirectory() {
      String home = values.getOrDefault(Option.HOME, "");
      Path usual = Path.of(System.getProperty("user.home", "."), ".quicksilver");
      try {
        return home.isEmpty() ? usual : Path.of(home);
      } catch (InvalidPathException e) {
        complain(Option.HOME, home, usual.toString());
        return usual;
      }
    }

    /** The file is read last but counts least: it is found by means of the others. */
    private void underlay(Home home) {
      Path file = optionsFile(home);
      if (!values.containsKey(Option.CONFIG) && !Files.exists(file)) {
        return;
      }
      Map<Option, String> stronger = new EnumMap<>(values);
      try (Reader reader = Files.newBufferedReader(file)) {
        Properties properties = new Properties();
        properties.load(reader);
        properties(properties, file.toString(), true);
      } catch (IOException | IllegalArgumentException e) {
        say("cannot read the options file " + file + ": " + e + "; ignored");
      }
      values.putAll(stronger);
    }

    private Path optionsFile(Home home) {
      String named = values.getOrDefault(Option.CONFIG, "");
      try {
        return named.isEmpty() ? home.properties() : Path.of(named);
      } catch (InvalidPathException e) {
        complain(Option.CONFIG, named, home.properties().toString());
        values.remove(Option.CONFIG);
        return home.properties();
      }
    }

    private String node() {
      String value = values.getOrDefault(Option.NODE, "auto");
      String lower = value.toLowerCase(Locale.ROOT);
      if (lower.equals("auto") || lower.equals("embedded") || lower.equals("off")) {
        return lower;
      }
      return isEndpoint(value, 1) ? value : complain(Option.NODE, value, "auto");
    }

    private String listen() {
      String value = values.getOrDefault(Option.LISTEN, "");
      boolean valid = value.isEmpty() || isEndpoint(value, 0);
      return valid ? value : complain(Option.LISTEN, value, "");
    }

    private static boolean isEndpoint(String value, int lowestPort) {
      int colon = value.lastIndexOf(':');
      if (colon < 1) {
        return false;
      }
      try {
        int port = Integer.parseInt(value.substring(colon + 1));
        return port >= lowestPort && port < 65536;
      } catch (NumberFormatException e) {
        return false;
      }
    }

    private boolean stack() {
      return isNumber(values.getOrDefault(Option.STACK, "")) || flag(Option.STACK);
    }

    private static boolean isNumber(String value) {
      return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private LeakHunt hunt() {
      LeakHunt usual = LeakHunt.DEFAULT;
      boolean limited = isNumber(values.getOrDefault(Option.STACK, ""));
      return new LeakHunt(
          limited ? parsed(Option.STACK, LeakHunt::positive, usual.depth(), "on") : usual.depth(),
          parsed(Option.STACK_SAMPLE, LeakHunt::positive, usual.sample(), "1"),
          parsed(Option.LEAK_AGE, LeakHunt::ages, usual.ages(), ""),
          parsed(Option.LEAK_COUNT, LeakHunt::counts, usual.counts(), ""));
    }

    private <T> T parsed(Option option, Function<String, T> parser, T otherwise, String used) {
      String value = values.get(option);
      try {
        return value == null ? otherwise : parser.apply(value);
      } catch (IllegalArgumentException e) {
        complain(option, value, used);
        return otherwise;
      }
    }

    private boolean flag(Option option) {
      String value = values.getOrDefault(option, "on").toLowerCase(Locale.ROOT);
      return switch (value) {
        case "on", "true", "yes" -> true;
        case "off", "false", "no" -> false;
        default -> complain(option, value, "on").equals("on");
      };
    }

    private List<String> families() {
      String value = values.getOrDefault(Option.WITHOUT, "");
      List<String> families = new ArrayList<>();
      for (String family : value.toLowerCase(Locale.ROOT).split(";")) {
        if (FAMILIES.contains(family.strip())) {
          families.add(family.strip());
        } else if (!family.isBlank()) {
          complain(Option.WITHOUT, family, "nothing");
        }
      }
      return List.copyOf(families);
    }

    private List<String> peers() {
      List<String> peers = new ArrayList<>();
      for (String peer : values.getOrDefault(Option.PEERS, "").split(";")) {
        if (peer.contains("/") || isEndpoint(peer.strip(), 1)) {
          peers.add(peer.strip());
        } else if (!peer.isBlank()) {
          complain(Option.PEERS, peer, "");
        }
      }
      return List.copyOf(peers);
    }

    private Duration linkDeath() {
      String value = values.getOrDefault(Option.LINK_DEATH, "10s");
      try {
        Duration duration = Durations.parse(value);
        if (duration.compareTo(SHORTEST_LINK_DEATH) >= 0) {
          return duration;
        }
      } catch (IllegalArgumentException e) {
        // Said below.
      }
      return Durations.parse(complain(Option.LINK_DEATH, value, "10s"));
    }

    private String sturdiness() {
      String value = values.getOrDefault(Option.STURDINESS, "ordinary").toLowerCase(Locale.ROOT);
      return List.of("brittle", "ordinary", "robust").contains(value)
          ? value
          : complain(Option.STURDINESS, value, "ordinary");
    }

    private Duration linger() {
      String value = values.getOrDefault(Option.LINGER, "60s");
      try {
        return Durations.parse(value);
      } catch (IllegalArgumentException e) {
        return Durations.parse(complain(Option.LINGER, value, "60s"));
      }
    }

    private String heap() {
      String value = values.getOrDefault(Option.NODE_HEAP, "256m");
      boolean valid =
          value.length() > 1
              && value.length() < 12
              && "kmgKMG".indexOf(value.charAt(value.length() - 1)) >= 0
              && value.substring(0, value.length() - 1).chars().allMatch(c -> c >= '0' && c <= '9');
      return valid ? value : complain(Option.NODE_HEAP, value, "256m");
    }

    /** One line, whatever a value may hold. */
    private void say(String complaint) {
      complaints.add(complaint.replaceAll("\\p{Cntrl}+", " "));
    }

    private String complain(Option option, String value, String used) {
      say(
          "bad value '"
              + value
              + "' for "
              + option.key()
              + " ("
              + option.form()
              + "): using "
              + (used.isEmpty() ? "none" : used));
      return used;
    }
  }

  /** Below it a collector's pause would be taken for a loss. */
  private static final Duration SHORTEST_LINK_DEATH = Duration.ofMillis(500);

  private static final List<String> FAMILIES =
      List.of(
          "file",
          "channel",
          "directory",
          "archive",
          "lock",
          "mapping",
          "watch-service",
          "socket",
          "async-socket",
          "datagram",
          "pipe",
          "selector",
          "window",
          "process",
          "temp-file",
          "executor");
}
