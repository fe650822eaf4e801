package org.quicksilver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups, filters by stack, and differences of dumps. */
final class LeakHuntTest {

  private static final String STREAM = "java.io.FileInputStream.<init>(FileInputStream.java:158)";

  @TempDir Path home;

  private static String handle(String what, String second, String frame) {
    return """
        {"pid":4712,"incarnation":8,"slot":5,"kind":"FILE","what":"%s","transaction":"0-0-1",
         "openedAt":"2026-11-20T11:59:%sZ","ageMillis":1000,"thread":"t","accepted":false,
         "stack":["%s","%s"]}
        """
        .formatted(what, second, STREAM, frame);
  }

  private static String dump(String... handles) {
    return "[" + String.join(",", handles) + "]";
  }

  private static final String CART = "shop.Cart.load(Cart.java:31)";
  private static final String MENU = "shop.Menu.load(Menu.java:7)";

  private Run run(String result, String... arguments) throws IOException {
    try (FakeNode node = FakeNode.at(home.resolve("node.sock"))) {
      node.answering("{\"result\":" + result + "}");
      return Run.of(home, arguments);
    } finally {
      Files.deleteIfExists(home.resolve("node.sock"));
    }
  }

  private static final String THREE =
      dump(handle("/m", "59", MENU), handle("/a", "50", CART), handle("/b", "40", CART));

  @Test
  void equalStacksAreOneLineWithTheirNumberAndTheOldest() throws IOException {
    assertEquals(
        """
        COUNT  KIND  OLDEST  OPENED BY                     FIRST OF THEM
            2  file     20s  shop.Cart.load(Cart.java:31)  /a
            1  file    1.0s  shop.Menu.load(Menu.java:7)   /m
        """,
        run(THREE, "handles", "--group").out());
  }

  @Test
  void groupsAsJsonNameTheirHandles() throws IOException {
    String expected =
        """
        [{"count":2,"kind":"file","oldest":"2026-11-20T11:59:40Z","stack":["%1$s","%2$s"],
          "handles":[%4$s,%5$s]},
         {"count":1,"kind":"file","oldest":"2026-11-20T11:59:59Z","stack":["%1$s","%3$s"],
          "handles":[%6$s]}]
        """
            .formatted(STREAM, CART, MENU, own("/a", "50"), own("/b", "40"), own("/m", "59"));
    for (String command : List.of("handles", "leaks")) {
      String out = run(THREE, command, "--group", "--json").out();
      assertEquals(JsonParser.parseString(expected), JsonParser.parseString(out), command);
    }
    assertEquals("[]\n", run("[]", "handles", "--group", "--json").out());
  }

  private static String own(String what, String second) {
    return """
        {"pid":4712,"incarnation":8,"slot":5,"what":"%s","transaction":"0-0-1",
         "openedAt":"2026-11-20T11:59:%sZ","ageMillis":1000,"thread":"t","accepted":false}
        """
        .formatted(what, second);
  }

  @Test
  void whatIsExcludedIsNeitherShownNorCountedTowardsTheLimit() throws IOException {
    assertEquals(
        List.of("/b"),
        whats(run(THREE, "handles", "--exclude", "/a", "--exclude", "/m", "--json")));
    assertEquals(
        List.of("/a"), whats(run(THREE, "handles", "--exclude", "/m", "--limit", "1", "--json")));
    assertEquals(List.of(), whats(run(THREE, "handles", "--exclude", "/?", "--json")));
  }

  private static List<String> whats(Run run) {
    return Stream.of("/a", "/b", "/m").filter(w -> run.out().contains("\"" + w + "\"")).toList();
  }

  @Test
  void framesChooseByClassMethodOrAnyPart() throws IOException {
    assertEquals(List.of("/m"), whats(run(THREE, "handles", "--frame", "shop.Menu", "--json")));
    assertEquals(List.of("/m"), whats(run(THREE, "handles", "--frame", "*Menu.java", "--json")));
    assertEquals(
        List.of("/a", "/b"),
        whats(run(THREE, "handles", "--exclude-frame", "shop.Menu.load", "--json")));
    assertEquals(
        List.of("/a", "/b", "/m"), whats(run(THREE, "handles", "--frame", "java.io.", "--json")));
  }

  @Test
  void leaksThatAreAllExcludedAreNoneFound() throws IOException {
    assertEquals(ExitCode.OK, run(THREE, "leaks", "--exclude-frame", "shop.").code());
    assertEquals(ExitCode.FOUND, run(THREE, "leaks", "--exclude-frame", "shop.Cart").code());
  }

  @Test
  void differenceOfTwoDumpsIsToldByStacks() throws IOException {
    Path before = write("before", dump(handle("/m", "10", MENU), handle("/a", "10", CART)));
    Path after =
        write(
            "after",
            dump(handle("/a", "10", CART), handle("/b", "20", CART), handle("/c", "21", CART)));
    Run grown = diff(before, after);
    assertEquals(
        """
        CHANGE  BEFORE  AFTER  KIND  OPENED BY
            +2       1      3  file  shop.Cart.load(Cart.java:31)
            -1       1      0  file  shop.Menu.load(Menu.java:7)
        """,
        grown.out());
    assertEquals(ExitCode.FOUND, grown.code());
    Run same = diff(after, after);
    assertEquals("no difference\n", same.out());
    assertEquals(ExitCode.OK, same.code());
    Run shrunk = diff(write("one", dump(handle("/a", "10", CART))), write("none", "[]"));
    assertEquals(ExitCode.OK, shrunk.code());
  }

  @Test
  void fileThatIsNoDumpIsSaidInOneLine() throws IOException {
    Path dump = write("dump", "[]");
    Path bytes = Files.write(home.resolve("bytes"), new byte[] {'[', (byte) 0xff, ']'});
    for (Path bad :
        List.of(
            write("text", "no dump"),
            write("empty", ""),
            write("object", "{}"),
            write("cut", "[{"),
            write("numbers", "[1,2]"),
            write("jvms", "[{\"pid\":4711,\"incarnation\":7,\"state\":\"LIVE\"}]"),
            write("groups", run(THREE, "handles", "--group", "--json").out()),
            bytes)) {
      String message =
          "quicksilver: "
              + bad
              + " is no dump of handles: make one with 'handles --json', or take one from the"
              + " directory dumps of the home\n";
      assertEquals(new Run(ExitCode.FAILED, "", message), diff(dump, bad));
    }
    Run directory = diff(dump, home);
    assertEquals(ExitCode.FAILED, directory.code());
    assertTrue(directory.err().contains("cannot read " + home), directory::err);
    assertEquals(ExitCode.NOT_FOUND, diff(home.resolve("nowhere"), dump).code());
  }

  private static Run diff(Path before, Path after) {
    return Run.of(Screen.UNLIMITED, "diff", before.toString(), after.toString());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(home.resolve(name), text);
  }
}
