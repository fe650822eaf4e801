package org.quicksilver.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows of an answer of many pages. Equal stacks are kept once: a million handles are opened by
 * a few, and a stack takes more room than all the rest of a row.
 */
final class Rows {

  private static final String STACK = "stack";

  private final JsonArray rows = new JsonArray();
  private final Map<JsonElement, JsonElement> stacks = new HashMap<>();

  /** Adds those of one page; none if it is no array. */
  void add(JsonElement page) {
    if (page.isJsonArray()) {
      page.getAsJsonArray().forEach(this::addRow);
    }
  }

  private void addRow(JsonElement row) {
    if (row.isJsonObject() && row.getAsJsonObject().has(STACK)) {
      JsonObject object = row.getAsJsonObject();
      object.add(STACK, stacks.computeIfAbsent(object.get(STACK), stack -> stack));
    }
    rows.add(row);
  }

  /** All that were added. */
  JsonArray all() {
    return rows;
  }
}
