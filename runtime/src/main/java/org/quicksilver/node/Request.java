package org.quicksilver.node;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionId;

/** A request of a command: {@code {"command": ..., ...}}. Immutable. */
final class Request {

  private final JsonObject json;
  private final boolean fromOwner;

  private Request(JsonObject json, boolean fromOwner) {
    this.json = json;
    this.fromOwner = fromOwner;
  }

  static Request parse(String text, boolean fromOwner) throws RequestException {
    try {
      JsonElement element = JsonParser.parseString(text);
      if (element.isJsonObject()) {
        return new Request(element.getAsJsonObject(), fromOwner);
      }
    } catch (JsonParseException e) {
      throw RequestException.badRequest("not JSON: " + e.getMessage());
    }
    throw RequestException.badRequest("a request is a JSON object {\"command\": ...}");
  }

  String command() throws RequestException {
    return text("command")
        .orElseThrow(() -> RequestException.badRequest("a request needs a \"command\""));
  }

  /** A field as text; numbers too. */
  Optional<String> text(String field) throws RequestException {
    JsonElement element = json.get(field);
    if (element == null || element.isJsonNull()) {
      return Optional.empty();
    }
    if (!element.isJsonPrimitive()) {
      throw RequestException.badRequest("\"" + field + "\" must be a text, a number or a flag");
    }
    return Optional.of(element.getAsString());
  }

  long number(String field, long otherwise) throws RequestException {
    Optional<String> text = text(field);
    try {
      return text.isEmpty() ? otherwise : Long.parseLong(text.get());
    } catch (NumberFormatException e) {
      throw RequestException.badRequest("\"" + field + "\" must be a whole number");
    }
  }

  boolean flag(String field) throws RequestException {
    return text(field).map(Boolean::parseBoolean).orElse(false);
  }

  TransactionId transaction() throws RequestException {
    String text =
        text("transaction")
            .orElseThrow(() -> RequestException.badRequest("which \"transaction\"?"));
    try {
      return TransactionId.parse(text);
    } catch (IllegalArgumentException e) {
      throw RequestException.badRequest(e);
    }
  }

  /** Where the page before ended; null if there was none. */
  @Nullable String after() throws RequestException {
    return text("after").orElse(null);
  }

  /** Refuses whoever has not shown that he knows the secret of the owner. */
  void needsOwner() throws RequestException {
    if (!fromOwner) {
      throw RequestException.denied(
          "this needs the owner's secret: only who may read the file 'secret' in the home may do"
              + " it");
    }
  }
}
