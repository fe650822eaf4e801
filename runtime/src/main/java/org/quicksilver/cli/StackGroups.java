package org.quicksilver.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.quicksilver.cli.Table.Column;

/**
 * Handles of one kind that were opened by the same stack, together: a leak is one line, not a
 * thousand.
 */
final class StackGroups {

  /** What handles must share in order to be in one group. */
  record Key(String kind, List<String> stack) {
    static Key of(Row handle) {
      return new Key(handle.word(KIND), handle.texts(STACK));
    }
  }

  private static final String KIND = "kind";
  private static final String STACK = "stack";

  private StackGroups() {}

  /** By their stacks, in the order in which the first of each comes. */
  static Map<Key, List<Row>> of(List<Row> handles) {
    Map<Key, List<Row>> groups = new LinkedHashMap<>();
    handles.forEach(h -> groups.computeIfAbsent(Key.of(h), k -> new ArrayList<>()).add(h));
    return groups;
  }

  /** Prints them, the largest first. */
  static void print(
      List<Row> handles, boolean stacks, Screen screen, PrintWriter out, String ifEmpty) {
    Table table =
        new Table(
            Column.number("COUNT"),
            Column.text("KIND"),
            Column.number("OLDEST"),
            Column.path("OPENED BY"),
            Column.path("FIRST OF THEM"));
    largestFirst(handles)
        .forEach(group -> add(table, group.getKey(), group.getValue(), stacks, screen));
    table.print(out, screen.width(), ifEmpty);
  }

  private static Stream<Map.Entry<Key, List<Row>>> largestFirst(List<Row> handles) {
    return of(handles).entrySet().stream()
        .sorted(Comparator.comparing(group -> -group.getValue().size()));
  }

  /** The same as JSON; of each handle what the group does not say. */
  static JsonArray toJson(List<Row> handles) {
    JsonArray array = new JsonArray();
    largestFirst(handles).forEach(group -> array.add(toJson(group.getKey(), group.getValue())));
    return array;
  }

  private static JsonObject toJson(Key key, List<Row> group) {
    JsonObject object = new JsonObject();
    object.addProperty("count", group.size());
    object.addProperty(KIND, key.kind());
    object.addProperty("oldest", oldest(group).map(Instant::toString).orElse(""));
    JsonArray stack = new JsonArray();
    key.stack().forEach(stack::add);
    object.add(STACK, stack);
    JsonArray handles = new JsonArray();
    group.forEach(handle -> handles.add(ownFields(handle)));
    object.add("handles", handles);
    return object;
  }

  private static JsonObject ownFields(Row handle) {
    JsonObject own = new JsonObject();
    handle.json().entrySet().stream()
        .filter(field -> !field.getKey().equals(KIND) && !field.getKey().equals(STACK))
        .forEach(field -> own.add(field.getKey(), field.getValue()));
    return own;
  }

  private static Optional<Instant> oldest(List<Row> group) {
    return group.stream()
        .flatMap(handle -> handle.instant("openedAt").stream())
        .min(Comparator.naturalOrder());
  }

  private static void add(Table table, Key key, List<Row> group, boolean stacks, Screen screen) {
    Row first = group.get(0);
    String oldest =
        group.stream()
            .flatMap(handle -> Lifetime.of(handle, screen.clock().instant()).stream())
            .max(Comparator.naturalOrder())
            .map(age -> Age.of(age.toMillis()))
            .orElse("");
    table.row(group.size(), key.kind(), oldest, Frames.opener(key.stack()), first.text("what"));
    if (stacks) {
      table.below(key.stack().stream().map(frame -> "  at " + Frames.plain(frame)).toList());
    }
  }
}
