package org.quicksilver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.quicksilver.cli.Table.Column;

final class TextTest {

  private static String print(Table table, int width) {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true), width, "nothing");
    return text.toString();
  }

  private static Table table() {
    Table table = new Table(Column.number("PID"), Column.text("KIND"), Column.path("WHAT"));
    table.row(7, "file", "/srv/a.txt");
    table.row(4711, "temp-file", "/var/folders/of/some/length/quicksilver-12345.tmp");
    return table;
  }

  @Test
  void columnsAreAsWideAsTheirContent() {
    assertEquals(
        """
         PID  KIND       WHAT
           7  file       /srv/a.txt
        4711  temp-file  /var/folders/of/some/length/quicksilver-12345.tmp
        """,
        print(table(), Screen.UNLIMITED));
  }

  @Test
  void onANarrowScreenPathsAreShortenedInTheMiddle() {
    assertEquals(
        """
         PID  KIND       WHAT
           7  file       /srv/a.txt
        4711  temp-file  /var/folder...er-12345.tmp
        """,
        print(table(), 43));
  }

  @Test
  void pathsStayReadableOnAScreenThatIsMuchTooNarrow() {
    assertEquals("4711  temp-file  /var...5.tmp", print(table(), 5).lines().toList().get(2));
  }

  @Test
  void whatWouldBreakTheTableIsAQuestionMark() {
    Table table = new Table(Column.text("A"));
    table.row("one\ntwo\u001b[31m");
    assertEquals("A\none?two?[31m\n", print(table, Screen.UNLIMITED));
  }

  @Test
  void linesBelowARowAreIndented() {
    Table table = new Table(Column.text("A"), Column.text("B"));
    table.row("1", "2");
    table.below(List.of("app.Main.main(Main.java:1)"));
    assertEquals("A  B\n1  2\n      app.Main.main(Main.java:1)\n", print(table, 80));
  }

  @Test
  void agesAreInTheirTwoGreatestUnits() {
    assertEquals("0ms", Age.of(-5));
    assertEquals("350ms", Age.of(350));
    assertEquals("2.0s", Age.of(2_049));
    assertEquals("59s", Age.of(59_999));
    assertEquals("2m10s", Age.of(130_000));
    assertEquals("5m", Age.of(300_000));
    assertEquals("1h1m", Age.of(3_660_000));
    assertEquals("3d4h", Age.of(((3 * 24 + 4) * 60 + 59) * 60_000L));
  }

  @Test
  void theOpenerIsTheFirstFrameThatIsNotOfTheJdk() {
    assertEquals(
        "shop.Cart.load(Cart.java:31)",
        Frames.opener(
            List.of(
                "java.io.FileInputStream.open0(Native Method)",
                "at java.base/java.io.FileInputStream.<init>(FileInputStream.java:158)",
                "sun.nio.ch.FileChannelImpl.open(FileChannelImpl.java:9)",
                "at app//shop.Cart.load(Cart.java:31)",
                "shop.Main.main(Main.java:3)")));
    assertEquals(
        "java.lang.Thread.run(Thread.java:1)",
        Frames.opener(List.of("java.lang.Thread.run(Thread.java:1)")));
    assertEquals("", Frames.opener(List.of()));
  }
}
