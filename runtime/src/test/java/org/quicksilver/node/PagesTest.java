package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicksilver.comm.MessageCodec;
import org.quicksilver.handle.HandleKind;

/** Answers that do not fit into one frame come in pages. */
class PagesTest extends NodeFixture {

  private static final int EACH = 3_000;
  private static final String TITLE = "a window with a title of some length".repeat(10);

  private FakeAgent first;
  private FakeAgent second;

  @BeforeEach
  void openVeryMany() throws Exception {
    start();
    first = agent();
    second = agent();
    for (int i = 0; i < EACH; i++) {
      first.open(HandleKind.WINDOW, first.process(), TITLE, 0);
      second.open(HandleKind.FILE, second.process(), TITLE, 0);
    }
  }

  private List<JsonObject> rows(String fields) throws Exception {
    return command.pages("handles", fields);
  }

  private static List<String> places(List<JsonObject> rows) {
    return rows.stream()
        .map(row -> "%05d %08d".formatted(number(row, "incarnation"), number(row, "slot")))
        .toList();
  }

  private static int number(JsonObject row, String field) {
    return row.get(field).getAsInt();
  }

  @Test
  void allHandlesComeOnceAndInOrder() throws Exception {
    JsonObject page = command.ask("{'command':'handles'}", new byte[0]);
    assertTrue(page.has("next"), "one page would prove nothing");
    List<String> places = places(rows(""));
    List<String> sorted = new ArrayList<>(places);
    Collections.sort(sorted);
    assertEquals(sorted, places);
    assertEquals(2 * EACH, places.stream().distinct().count());
    assertEquals(2 * EACH, places.size());
  }

  @Test
  void limitAndFiltersHoldForAllPagesTogether() throws Exception {
    assertEquals(EACH + 11, rows(",'limit':" + (EACH + 11)).size());
    assertEquals(3, rows(",'limit':3").size());
    assertEquals(EACH, rows(",'kind':'file'").size());
    assertEquals(List.of(), rows(",'kind':'process'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "1:2", "1:2:3:4", "1:x:3", "-1:1:1", "99999999999999999999:1:1", ""})
  void whatNoAnswerNamedAsNextIsRefused(String after) throws Exception {
    JsonObject answer = command.ask("{'command':'handles','after':'" + after + "'}", new byte[0]);
    assertEquals("bad-request", answer.get("code").getAsString(), answer::toString);
  }

  @Test
  void treeCountsAllHandlesAndShowsTheFirst() throws Exception {
    String process = first.process().toString();
    JsonObject tree =
        command
            .list("{'command':'tree','transaction':'" + process + "','handles':3}")
            .get(0)
            .getAsJsonObject();
    assertEquals(EACH, tree.get("handleCount").getAsInt());
    assertEquals(3, tree.getAsJsonArray("handles").size());
    assertTrue(command.list("{'command':'tree'}").toString().length() < 1 << 20);
  }

  @Test
  void listsOfOtherThingsComeInPagesToo() throws RequestException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      all.add(i + TITLE + TITLE);
    }
    String page = Page.of(all, null).toJson();
    assertTrue(page.length() < MessageCodec.LONGEST_FRAME / 2);
    int next = all.size() - 1;
    assertTrue(page.contains("\"next\":"));
    assertFalse(page.contains("\"" + next + "a window"));
    String last = Page.of(all, Integer.toString(next)).toJson();
    assertEquals("{\"result\":[\"" + all.get(next) + "\"]}", last);
    assertEquals("{\"result\":[]}", Page.of(all, Integer.toString(all.size())).toJson());
    assertEquals("{\"result\":[]}", Page.of(List.of(), null).toJson());
  }
}
