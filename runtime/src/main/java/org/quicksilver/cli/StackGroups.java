package org.quicksilver.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.quicksilver.cli.Table.Column;

/**
 * Handles of one kind that were opened by the same stack, together: a leak is one line, not a
 * thousand.
 */
final class StackGroups {

  /** What handles must share in order to be in one group. */
  record Key(String kind, List<String> stack) {
    static Key of(Row handle) {
      return new Key(handle.word("kind"), handle.texts("stack"));
    }
  }

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
    of(handles).entrySet().stream()
        .sorted(Comparator.comparing(group -> -group.getValue().size()))
        .forEach(group -> add(table, group.getKey(), group.getValue(), stacks, screen));
    table.print(out, screen.width(), ifEmpty);
  }

  private static void add(Table table, Key key, List<Row> group, boolean stacks, Screen screen) {
    Row first = group.get(0);
    String oldest =
        group.stream()
            .flatMap(handle -> handle.instant("openedAt").stream())
            .min(Comparator.naturalOrder())
            .map(screen::since)
            .orElse("");
    table.row(group.size(), key.kind(), oldest, Frames.opener(key.stack()), first.text("what"));
    if (stacks) {
      table.below(key.stack().stream().map(frame -> "  at " + Frames.plain(frame)).toList());
    }
  }
}
