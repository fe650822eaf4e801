package org.quicksilver.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads what Quicksilver's commands print with {@code --json}. */
final class Json {
  private Json() {}

  /**
   * The objects of an array that interest. Members nobody asks for may be there.
   *
   * @throws DemoException if it is no such array, or lacks a member that is asked for
   */
  static <T> List<T> objects(
      String command, String json, Predicate<JsonObject> filter, Function<JsonObject, T> reader) {
    try {
      return JsonParser.parseString(json).getAsJsonArray().asList().stream()
          .map(JsonElement::getAsJsonObject)
          .filter(filter)
          .map(reader)
          .toList();
    } catch (RuntimeException e) {
      throw new DemoException(
          "quicksilver " + command + " printed something else than expected (" + e + "): " + json);
    }
  }
}
