package org.quicksilver.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Checks what was given: of each option its value, or its default and a complaint. */
final class OptionChecks {

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

  private static final List<Option> HUNT =
      List.of(
          Option.STACK,
          Option.STACK_SAMPLE,
          Option.STACK_BUDGET,
          Option.STACK_CLOSE,
          Option.LEAK_AGE,
          Option.LEAK_COUNT);

  private final GivenOptions given;

  OptionChecks(GivenOptions given) {
    this.given = given;
  }

  Settings settings() {
    Home home = new Home(given.homeDirectory());
    given.underlay(home);
    return new Settings(
        home,
        node(),
        given.get(Option.POLICY, ""),
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
        given.complaints());
  }

  private String node() {
    String value = given.get(Option.NODE, "auto");
    String lower = value.toLowerCase(Locale.ROOT);
    if (lower.equals("auto") || lower.equals("embedded") || lower.equals("off")) {
      return lower;
    }
    return isEndpoint(value, 1) ? value : given.complain(Option.NODE, value, "auto");
  }

  private String listen() {
    String value = given.get(Option.LISTEN, "");
    boolean valid = value.isEmpty() || isEndpoint(value, 0);
    return valid ? value : given.complain(Option.LISTEN, value, "");
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
    return isNumber(given.get(Option.STACK, "")) || flag(Option.STACK);
  }

  private static boolean isNumber(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return !value.isEmpty();
  }

  private LeakHunt hunt() {
    return given.hasAnyOf(HUNT) ? givenHunt() : LeakHunt.DEFAULT;
  }

  private LeakHunt givenHunt() {
    LeakHunt usual = LeakHunt.DEFAULT;
    boolean limited = isNumber(given.get(Option.STACK, ""));
    return new LeakHunt(
        limited ? parsed(Option.STACK, LeakHunt::positive, usual.depth(), "on") : usual.depth(),
        parsed(Option.STACK_SAMPLE, LeakHunt::positive, usual.sample(), "1"),
        parsed(Option.STACK_BUDGET, LeakHunt::percent, usual.budget(), "10"),
        flag(Option.STACK_CLOSE, "off"),
        parsed(Option.LEAK_AGE, LeakHunt::ages, usual.ages(), ""),
        parsed(Option.LEAK_COUNT, LeakHunt::counts, usual.counts(), ""));
  }

  private <T> T parsed(Option option, Function<String, T> parser, T otherwise, String used) {
    String value = given.get(option);
    try {
      return value == null ? otherwise : parser.apply(value);
    } catch (IllegalArgumentException e) {
      given.complain(option, value, used);
      return otherwise;
    }
  }

  private boolean flag(Option option) {
    return flag(option, "on");
  }

  private boolean flag(Option option, String usual) {
    String value = given.get(option, usual).toLowerCase(Locale.ROOT);
    return switch (value) {
      case "on", "true", "yes" -> true;
      case "off", "false", "no" -> false;
      default -> given.complain(option, value, usual).equals("on");
    };
  }

  private List<String> families() {
    String value = given.get(Option.WITHOUT, "");
    List<String> families = new ArrayList<>();
    for (String family : value.toLowerCase(Locale.ROOT).split(";")) {
      if (FAMILIES.contains(family.strip())) {
        families.add(family.strip());
      } else if (!family.isBlank()) {
        given.complain(Option.WITHOUT, family, "nothing");
      }
    }
    return List.copyOf(families);
  }

  private List<String> peers() {
    List<String> peers = new ArrayList<>();
    for (String peer : given.get(Option.PEERS, "").split(";")) {
      if (peer.contains("/") || isEndpoint(peer.strip(), 1)) {
        peers.add(peer.strip());
      } else if (!peer.isBlank()) {
        given.complain(Option.PEERS, peer, "");
      }
    }
    return List.copyOf(peers);
  }

  private Duration linkDeath() {
    String value = given.get(Option.LINK_DEATH, "10s");
    try {
      Duration duration = Durations.parse(value);
      if (duration.compareTo(SHORTEST_LINK_DEATH) >= 0) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    return Durations.parse(given.complain(Option.LINK_DEATH, value, "10s"));
  }

  private String sturdiness() {
    String value = given.get(Option.STURDINESS, "ordinary").toLowerCase(Locale.ROOT);
    return List.of("brittle", "ordinary", "robust").contains(value)
        ? value
        : given.complain(Option.STURDINESS, value, "ordinary");
  }

  private Duration linger() {
    String value = given.get(Option.LINGER, "60s");
    try {
      return Durations.parse(value);
    } catch (IllegalArgumentException e) {
      return Durations.parse(given.complain(Option.LINGER, value, "60s"));
    }
  }

  private String heap() {
    String value = given.get(Option.NODE_HEAP, "256m");
    boolean valid =
        value.length() > 1
            && value.length() < 12
            && "kmgKMG".indexOf(value.charAt(value.length() - 1)) >= 0
            && isNumber(value.substring(0, value.length() - 1));
    return valid ? value : given.complain(Option.NODE_HEAP, value, "256m");
  }
}
