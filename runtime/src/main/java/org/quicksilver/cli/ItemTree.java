package org.quicksilver.cli;

import java.io.PrintWriter;
import java.util.List;

/** Draws lines that hang below one another, with box characters or plain ones. */
final class ItemTree {

  /**
   * A line with those below it.
   *
   * @param text the line
   * @param below those below
   */
  record Item(String text, List<Item> below) {
    static Item leaf(String text) {
      return new Item(text, List.of());
    }
  }

  /** What it draws with, unless plain characters are asked for. */
  static final String LINES = "\u251c\u2500\u2514\u2502";

  private static final int NARROWEST = 20;

  private final PrintWriter out;
  private final int width;
  private final String branch;
  private final String lastBranch;
  private final String bar;

  ItemTree(PrintWriter out, int width, boolean ascii) {
    this.out = out;
    this.width = width;
    this.branch = ascii ? "|- " : "\u251c\u2500 ";
    this.lastBranch = ascii ? "`- " : "\u2514\u2500 ";
    this.bar = ascii ? "|  " : "\u2502  ";
  }

  /** Draws a title and what hangs below it. */
  void draw(String title, List<Item> below) {
    out.println(Shortening.oneLine(title));
    draw(below, "");
  }

  private void draw(List<Item> items, String indent) {
    for (int i = 0; i < items.size(); i++) {
      boolean last = i == items.size() - 1;
      String line = indent + (last ? lastBranch : branch);
      String text = Shortening.oneLine(items.get(i).text());
      out.println(line + Shortening.middle(text, Math.max(NARROWEST, width - line.length())));
      draw(items.get(i).below(), indent + (last ? "   " : bar));
    }
  }
}
