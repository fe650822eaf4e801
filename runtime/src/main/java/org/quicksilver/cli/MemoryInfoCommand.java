package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.quicksilver.memory.LogInspection;
import picocli.CommandLine.Command;

/** {@code quicksilver memory info}. */
@Command(
    name = "info",
    description = {
      "Says what the header of a log says, and which segments it is about.",
      "The only one that also works while a program has the memory open."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      "1:The header is damaged.",
      ExitCode.USAGE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver memory info bank.log"})
final class MemoryInfoCommand extends MemoryAction {

  MemoryInfoCommand(Screen screen) {
    super(screen);
  }

  @Override
  int perform(Path log, Screen to, boolean asJson) {
    try (LogInspection inspection = inspect(log)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("engine", inspection.engine());
      facts.put("in use", inspection.isInUse());
      facts.putAll(inspection.facts());
      if (asJson) {
        to.out().println(gson().toJson(json(facts, inspection)));
      } else {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        facts.forEach((name, value) -> to.out().println(padded(name, width) + word(value)));
        inspection.segments().forEach(each -> to.out().println(padded("segment", width) + each));
      }
    }
    return ExitCode.OK;
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(width - name.length());
  }

  private static Object word(Object value) {
    return value instanceof Boolean yes ? (yes ? "yes" : "no") : value;
  }

  private static JsonObject json(Map<String, Object> facts, LogInspection inspection) {
    JsonObject object = new JsonObject();
    facts.forEach((name, value) -> object.add(key(name), gson().toJsonTree(value)));
    JsonElement segments =
        gson().toJsonTree(inspection.segments().stream().map(Path::toString).toList());
    object.add("segments", segments);
    return object;
  }

  /** As the other commands' keys are written. */
  private static String key(String name) {
    StringBuilder key = new StringBuilder();
    for (String word : name.split(" ", -1)) {
      key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return key.toString();
  }
}
