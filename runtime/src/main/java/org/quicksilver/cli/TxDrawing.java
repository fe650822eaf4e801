package org.quicksilver.cli;

import java.util.ArrayList;
import java.util.List;
import org.quicksilver.cli.ItemTree.Item;

/**
 * Draws one transaction over nodes and processes.
 *
 * <pre>
 *   00c0ffee00c0ffee-00000007-2a  program  active
 *   └─ node 00c0ffee00c0ffee, this one: root, voting, owner 4711
 *      ├─ process 4711, handles  one-phase-standard  joined
 *      ├─ process 4711, participant 1  two-phase  voted recoverable
 *      └─ node 00aaffee00c0ffee  two-phase  asked: subordinate, voting
 *         └─ process 4800, participant 1  two-phase  asked
 * </pre>
 */
final class TxDrawing {

  private final ItemTree lines;

  TxDrawing(ItemTree lines) {
    this.lines = lines;
  }

  /** Draws one element of the answer to {@code transaction-tree}. */
  void draw(Row tree) {
    String title = tree.text("transaction") + "  " + tree.text("kind") + "  " + tree.word("phase");
    Item self = new Item("node " + tree.text("at") + ", this one: " + part(tree), below(tree));
    String superior = tree.text("superior");
    lines.draw(
        title,
        List.of(
            superior.isEmpty()
                ? self
                : new Item("node " + superior + ": its superior; ask there", List.of(self))));
  }

  /** What a node is to it, and how far it is. */
  private static String part(Row tree) {
    List<String> words = new ArrayList<>(List.of(tree.text("role"), tree.word("phase")));
    String owner = tree.text("owner");
    if (!owner.isEmpty() && !owner.equals("0")) {
      words.add("owner " + owner);
    }
    if (!tree.text("coordinator").isEmpty()) {
      words.add("decided by node " + tree.text("coordinator"));
    }
    if (!tree.text("doubtSince").isEmpty()) {
      words.add("in doubt");
    }
    if (!tree.text("damage").isEmpty()) {
      words.add("damage: " + tree.text("damage"));
    }
    tree.texts("failures").forEach(failure -> words.add("failed: " + failure));
    return String.join(", ", words);
  }

  private static List<Item> below(Row tree) {
    return tree.rows("participants").stream().map(TxDrawing::participant).toList();
  }

  private static Item participant(Row row) {
    String how = row.word("participation") + "  " + progress(row);
    if (row.text("node").isEmpty()) {
      return Item.leaf(process(row) + "  " + how);
    }
    Row below = row.row("below");
    String node = "node " + row.text("node") + "  " + how;
    return below.text("phase").isEmpty()
        ? new Item(node, List.of(Item.leaf("its own part is not known here: ask there")))
        : new Item(node + ": " + part(below), below(below));
  }

  private static String process(Row row) {
    String pid = row.text("pid").equals("0") ? "unknown process" : "process " + row.text("pid");
    return row.text("number").equals("0")
        ? pid + ", handles"
        : pid + ", participant " + row.text("number");
  }

  private static String progress(Row row) {
    String vote = row.word("vote");
    String progress = row.word("progress") + (vote.isEmpty() ? "" : ", vote " + vote);
    return row.text("reachable").equals("false") ? progress + ", unreachable" : progress;
  }
}
