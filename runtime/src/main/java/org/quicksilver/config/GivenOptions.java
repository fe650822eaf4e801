package org.quicksilver.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The options of one process as they were given, from all their places, later ones winning, and
 * what was wrong with them. Not thread-safe.
 */
final class GivenOptions {

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
   * In the options file every key must be known; system properties of others may share our prefix.
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
        put(argument.substring(0, equals).strip(), argument.substring(equals + 1), "agent option");
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

  Path homeDirectory() {
    String home = values.getOrDefault(Option.HOME, "");
    String own = System.getProperty("user.home", ".");
    Path usual = Path.of(own, ".quicksilver");
    try {
      if (home.isEmpty()) {
        return usual;
      }
      // A shell does so only where a word begins, and here one begins after an equals sign.
      return home.startsWith("~/") ? Path.of(own, home.substring(2)) : Path.of(home);
    } catch (InvalidPathException e) {
      complain(Option.HOME, home, usual.toString());
      return usual;
    }
  }

  /** The file is read last but counts least: it is found by means of the others. */
  void underlay(Home home) {
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

  boolean hasAnyOf(List<Option> options) {
    for (Option option : options) {
      if (values.containsKey(option)) {
        return true;
      }
    }
    return false;
  }

  @Nullable String get(Option option) {
    return values.get(option);
  }

  String get(Option option, String otherwise) {
    return values.getOrDefault(option, otherwise);
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** One line, whatever a value may hold. */
  private void say(String complaint) {
    complaints.add(complaint.replaceAll("\\p{Cntrl}+", " "));
  }

  /**
   * Says that a value is bad.
   *
   * @return what is used instead
   */
  String complain(Option option, String value, String used) {
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
