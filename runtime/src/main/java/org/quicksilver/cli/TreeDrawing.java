package org.quicksilver.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.quicksilver.cli.ItemTree.Item;

/**
 * Draws transactions.
 *
 * <pre>
 *   00c0ffee00c0ffee-00000007-2a  conversation  active
 *   └─ 4711 client.jar
 *      ├─ socket 127.0.0.1:5000 -> 127.0.0.1:7000  2m10s
 *      └─ 4712 file-server.jar  live  via 127.0.0.1:5000 -> 127.0.0.1:7000
 *         └─ file /srv/a.txt  2m9s
 * </pre>
 */
final class TreeDrawing {

  private final ItemTree lines;
  private final int mostHandles;

  /**
   * Draws nothing yet.
   *
   * @param mostHandles how many handles of a JVM are drawn; of the others only the number
   */
  TreeDrawing(PrintWriter out, int width, boolean ascii, int mostHandles) {
    this.lines = new ItemTree(out, width, ascii);
    this.mostHandles = mostHandles;
  }

  /** Draws one transaction of the answer to {@code tree}. */
  void draw(Row tree) {
    lines.draw(title(tree), List.of(owner(tree)));
  }

  private static String title(Row tree) {
    String title = tree.text("transaction") + "  " + tree.text("kind") + "  " + tree.word("phase");
    return tree.flag("failed")
        ? title + "  failed: " + String.join("; ", tree.texts("reasons"))
        : title;
  }

  private Item owner(Row tree) {
    Row owner = tree.row("owner");
    List<Item> below = handles(tree);
    List<Row> participants = tree.rows("participants");
    Set<String> drawn = new HashSet<>();
    below.addAll(under(owner.text("pid"), participants, drawn));
    for (Row stray : participants) {
      if (drawn.add(stray.text("incarnation"))) {
        below.add(participant(stray, participants, drawn));
      }
    }
    return new Item(process(owner), below);
  }

  /** Participants that a JVM brought in; each is drawn once, whatever the answer says. */
  private List<Item> under(String pid, List<Row> participants, Set<String> drawn) {
    List<Item> items = new ArrayList<>();
    for (Row participant : participants) {
      if (!pid.equals("0")
          && participant.text("fromPid").equals(pid)
          && drawn.add(participant.text("incarnation"))) {
        items.add(participant(participant, participants, drawn));
      }
    }
    return items;
  }

  private Item participant(Row row, List<Row> participants, Set<String> drawn) {
    List<Item> below = handles(row);
    below.addAll(under(row.text("pid"), participants, drawn));
    String via = row.text("via");
    return new Item(
        process(row) + "  " + row.word("state") + (via.isEmpty() ? "" : "  via " + via), below);
  }

  private static String process(Row row) {
    String pid = row.text("pid");
    String name = pid.isEmpty() || pid.equals("0") ? "unknown process" : pid;
    return row.text("command").isEmpty() ? name : name + " " + row.text("command");
  }

  private List<Item> handles(Row row) {
    List<Item> items = new ArrayList<>();
    List<Row> handles = row.rows("handles");
    for (Row handle : handles.subList(0, Math.min(mostHandles, handles.size()))) {
      String age = Age.of(handle.number("ageMillis"));
      items.add(Item.leaf(handle.word("kind") + " " + handle.text("what") + "  " + age));
    }
    long more = Math.max(handles.size(), row.number("handleCount")) - items.size();
    if (more > 0) {
      items.add(Item.leaf("and " + more + (items.isEmpty() ? "" : " more") + " handles"));
    }
    return items;
  }
}
