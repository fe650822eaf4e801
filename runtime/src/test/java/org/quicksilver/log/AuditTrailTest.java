package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditTrailTest {

  private static final int CAPACITY = 40;
  private static final Logger LOG = Logger.getLogger("org.quicksilver.log");
  private static final Sizes SMALL = new Sizes(100, CAPACITY);

  @TempDir Path temporary;
  private Path directory;
  private NodeStore store;

  @BeforeEach
  void open() throws IOException {
    directory = temporary.resolve("store");
    store = NodeStore.open(directory, SMALL);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void reopen() throws IOException {
    store.close();
    store = NodeStore.open(directory, SMALL);
  }

  private Path archive() {
    return directory.resolve("audit-archive.jsonl");
  }

  private void append(int from, int to) {
    for (int i = from; i <= to; i++) {
      assertEquals(i, store.appendAudit("key " + i, line(i)));
    }
  }

  private static String line(int number) {
    return "{\"line\":" + number + ",\"quote\":\"\\\"\"}";
  }

  private List<String> linesFrom(long number) {
    List<String> lines = new ArrayList<>();
    store.visitAudit(number, (n, json) -> lines.add(n + json));
    return lines;
  }

  private static List<String> expected(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> i + line(i)).toList();
  }

  @Test
  void whoWantsNoMoreIsToldNoMoreInTheArchiveAndBehindIt() {
    append(1, 60);
    for (int most : new int[] {1, 30, 59}) {
      List<String> lines = new ArrayList<>();
      store.visitAudit(
          1,
          (n, json) -> {
            lines.add(n + json);
            return n < most;
          });
      assertEquals(expected(1, most), lines);
    }
  }

  @Test
  void linesAreNumberedFromOneWithoutGaps() throws IOException {
    append(1, 10);
    reopen();
    append(11, 12);
    assertEquals(expected(1, 12), linesFrom(1));
    assertEquals(expected(12, 12), linesFrom(12));
    assertEquals(List.of(), linesFrom(13));
  }

  @Test
  void aLineAppendedAgainKeepsItsNumber() throws IOException {
    append(1, 5);
    assertEquals(3, store.appendAudit("key 3", line(3)));
    reopen();
    assertEquals(3, store.appendAudit("key 3", line(3)));
    assertEquals(expected(1, 5), linesFrom(1));
  }

  @Test
  void theOldestLinesAreArchivedAndStillRead() throws IOException {
    append(1, 5 * CAPACITY);
    assertTrue(Files.readAllLines(archive()).size() >= 4 * CAPACITY);
    assertEquals(expected(1, 5 * CAPACITY), linesFrom(1));
    assertEquals(expected(77, 5 * CAPACITY), linesFrom(77));
    reopen();
    append(5 * CAPACITY + 1, 6 * CAPACITY);
    assertEquals(expected(1, 6 * CAPACITY), linesFrom(1));
  }

  @Test
  void theNewestLinesAreStillKnownByTheirKeysAfterArchiving() {
    append(1, 5 * CAPACITY);
    for (int i = 5 * CAPACITY; i > 5 * CAPACITY - CAPACITY / 2; i--) {
      assertEquals(i, store.appendAudit("key " + i, line(i)));
    }
  }

  @Test
  void longLinesAreArchivedBeforeTheMapIsFull() {
    String stack = "\"" + "at some.Class.method(Class.java:1) ".repeat(900) + "\"";
    for (int i = 1; i <= 200; i++) {
      assertEquals(i, store.appendAudit("key " + i, stack));
    }
    assertEquals(200, linesFrom(1).size());
  }

  @Test
  void lineBreaksDoNotBreakTheArchive() {
    String pretty = "{\n  \"a\": 1,\r\n  \"b\": 2\n}";
    for (int i = 1; i <= 2 * CAPACITY; i++) {
      store.appendAudit("key\n" + i, pretty);
    }
    List<String> lines = linesFrom(1);
    assertEquals(2 * CAPACITY, lines.size());
    assertEquals("1{   \"a\": 1,    \"b\": 2 }", lines.get(0));
  }

  @Test
  void whatAKilledProcessLeftOfAnArchivedLineIsCutOff() throws IOException {
    append(1, 2 * CAPACITY);
    store.close();
    Files.write(
        archive(),
        "{\"number\":99999,\"key\":\"k".getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.APPEND);
    store = NodeStore.open(directory, SMALL);
    append(2 * CAPACITY + 1, 4 * CAPACITY);
    assertEquals(expected(1, 4 * CAPACITY), linesFrom(1));
  }

  @Test
  void aForeignArchiveIsMovedAside() throws IOException {
    store.close();
    Files.writeString(archive(), "dear diary\n");
    LOG.setLevel(Level.OFF);
    store = NodeStore.open(directory, SMALL);
    LOG.setLevel(null);
    append(1, 2 * CAPACITY);
    assertEquals(expected(1, 2 * CAPACITY), linesFrom(1));
    assertEquals(
        "dear diary\n",
        Files.readString(archive().resolveSibling("audit-archive.jsonl.damaged-1")));
  }

  @Test
  void withoutItsArchiveTheTrailGoesOnWhereItWas() throws IOException {
    append(1, 2 * CAPACITY);
    List<String> inMap = linesFrom(CAPACITY + 1);
    store.close();
    Files.delete(archive());
    store = NodeStore.open(directory, SMALL);
    append(2 * CAPACITY + 1, 2 * CAPACITY + 1);
    List<String> lines = linesFrom(CAPACITY + 1);
    assertEquals(inMap, lines.subList(0, inMap.size()));
    assertEquals(2 * CAPACITY + 1 + line(2 * CAPACITY + 1), lines.get(lines.size() - 1));
  }
}
