package org.quicksilver.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table whose columns are as wide as what is in them. If it is wider than the screen, the columns
 * marked {@link Column#flexible} give way, the widest first, down to a readable minimum.
 */
final class Table {

  /**
   * A column.
   *
   * @param title its heading
   * @param rightAligned for numbers
   * @param flexible whether its text may be shortened in the middle
   */
  record Column(String title, boolean rightAligned, boolean flexible) {

    static Column text(String title) {
      return new Column(title, false, false);
    }

    static Column number(String title) {
      return new Column(title, true, false);
    }

    static Column path(String title) {
      return new Column(title, false, true);
    }
  }

  /** A row, and what is printed below it as it is. */
  private record Line(List<String> cells, List<String> below) {}

  private static final String GAP = "  ";
  private static final String INDENT = "      ";
  private static final int NARROWEST = 12;

  private final List<Column> columns;
  private final List<Line> lines = new ArrayList<>();

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  void row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + columns.size() + " columns");
    }
    lines.add(
        new Line(
            Arrays.stream(cells).map(cell -> Shortening.oneLine(cell.toString())).toList(),
            new ArrayList<>()));
  }

  /** Adds lines below the last row, indented. */
  void below(List<String> text) {
    lines.get(lines.size() - 1).below().addAll(text);
  }

  /** Prints it, or if it has no rows, what that means. */
  void print(PrintWriter out, int screenWidth, String ifEmpty) {
    if (lines.isEmpty()) {
      out.println(ifEmpty);
    } else {
      print(out, screenWidth, true);
    }
  }

  /** Prints its rows, with headings or below those of an earlier one. */
  void print(PrintWriter out, int screenWidth, boolean headings) {
    int[] widths = widths(screenWidth);
    if (headings) {
      out.println(line(columns.stream().map(Column::title).toList(), widths));
    }
    for (Line line : lines) {
      out.println(line(line.cells(), widths));
      line.below().forEach(text -> out.println(INDENT + Shortening.oneLine(text)));
    }
  }

  private int[] widths(int screenWidth) {
    int[] widths = IntStream.range(0, columns.size()).map(this::contentWidth).toArray();
    long excess =
        Arrays.stream(widths).asLongStream().sum()
            + GAP.length() * (widths.length - 1L)
            - screenWidth;
    for (; excess > 0; excess--) {
      int widest = widestFlexible(widths);
      if (widest < 0) {
        return widths;
      }
      widths[widest]--;
    }
    return widths;
  }

  private int contentWidth(int column) {
    int title = columns.get(column).title().length();
    return lines.stream().mapToInt(l -> l.cells().get(column).length()).reduce(title, Math::max);
  }

  private int widestFlexible(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      if (columns.get(i).flexible()
          && widths[i] > NARROWEST
          && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = Shortening.middle(cells.get(i), widths[i]);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).rightAligned() ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }
}
