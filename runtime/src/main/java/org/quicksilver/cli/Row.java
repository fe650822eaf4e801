package org.quicksilver.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One object of an answer. A field that is missing reads as empty: a newer or older node may not
 * send it.
 *
 * @param json the object
 */
record Row(JsonObject json) {

  /** The objects of an array; none if it is no array. */
  static List<Row> all(JsonElement array) {
    List<Row> rows = new ArrayList<>();
    if (array.isJsonArray()) {
      array.getAsJsonArray().forEach(e -> of(e).ifPresent(rows::add));
    }
    return rows;
  }

  private static Optional<Row> of(JsonElement element) {
    return element.isJsonObject()
        ? Optional.of(new Row(element.getAsJsonObject()))
        : Optional.empty();
  }

  /** A field as text; empty if it is missing. */
  String text(String field) {
    JsonElement value = json.get(field);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }

  /** A field as text, as people write constants: lower case, hyphens. */
  String word(String field) {
    return text(field).toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  boolean flag(String field) {
    return text(field).equals("true");
  }

  long number(String field) {
    try {
      return Long.parseLong(text(field));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A field that holds an instant; empty if it holds none. */
  Optional<Instant> instant(String field) {
    try {
      return Optional.of(Instant.parse(text(field)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A field that holds an array of texts. */
  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    if (json.get(field) instanceof JsonArray array) {
      array.forEach(e -> texts.add(e.isJsonPrimitive() ? e.getAsString() : e.toString()));
    }
    return texts;
  }

  /** A field that holds an array of objects. */
  List<Row> rows(String field) {
    return json.get(field) instanceof JsonArray array ? all(array) : List.of();
  }

  /** A field that holds an object; an empty one if it is missing. */
  Row row(String field) {
    return json.get(field) instanceof JsonObject object
        ? new Row(object)
        : new Row(new JsonObject());
  }
}
