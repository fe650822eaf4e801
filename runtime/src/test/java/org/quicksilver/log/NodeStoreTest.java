package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.log.NodeStore.Section;

final class NodeStoreTest {

  private static final Sizes SMALL = new Sizes(200, 40);

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

  private Map<String, String> all(Section section) {
    Map<String, String> all = new TreeMap<>();
    TextStore.forEach(
        store, section, (key, json) -> assertNull(all.put(key, json), "twice: " + key));
    return all;
  }

  @Test
  void whatWasPutIsFoundAfterReopening() throws IOException {
    TextStore.put(store, Section.TRANSACTIONS, "t1", "{\"phase\":\"ACTIVE\"}");
    reopen();
    assertEquals("{\"phase\":\"ACTIVE\"}", TextStore.get(store, Section.TRANSACTIONS, "t1"));
    assertFalse(store.recovered());
  }

  @Test
  void sectionsHaveKeysOfTheirOwn() {
    TextStore.put(store, Section.TRANSACTIONS, "k", "1");
    TextStore.put(store, Section.LINKS, "k", "2");
    assertEquals("1", TextStore.get(store, Section.TRANSACTIONS, "k"));
    assertEquals("2", TextStore.get(store, Section.LINKS, "k"));
    assertNull(TextStore.get(store, Section.META, "k"));
  }

  @Test
  void aNewValueReplacesTheOldOne() {
    for (int i = 0; i < 600; i++) {
      TextStore.put(store, Section.META, "k", "value " + i);
      assertEquals("value " + i, TextStore.get(store, Section.META, "k"));
    }
    assertEquals(Map.of("k", "value 599"), all(Section.META));
  }

  @Test
  void whatIsRemovedIsGone() {
    TextStore.put(store, Section.META, "k", "1");
    TextStore.put(store, Section.META, "k", "2");
    store.remove(Section.META, "k");
    store.remove(Section.META, "never there");
    assertNull(TextStore.get(store, Section.META, "k"));
    assertEquals(Map.of(), all(Section.META));
  }

  @Test
  void entriesMayBeRemovedWhileTheyAreWalked() {
    for (int i = 0; i < 100; i++) {
      TextStore.put(store, Section.HANDLES, "k" + i, "v");
    }
    store.forEach(Section.HANDLES, (key, json) -> store.remove(Section.HANDLES, key));
    assertEquals(Map.of(), all(Section.HANDLES));
  }

  @Test
  void textOfAnyLanguageAndLengthComesBackAsItWas() throws IOException {
    String text = "\"\u00e4\u4e2d\ud83d\ude00\n\t\u0000\"".repeat(2000);
    TextStore.put(store, Section.HANDLES, "\u00e4\u4e2d\ud83d\ude00", text);
    TextStore.put(store, Section.HANDLES, "", "");
    reopen();
    assertEquals(text, TextStore.get(store, Section.HANDLES, "\u00e4\u4e2d\ud83d\ude00"));
    assertEquals("", TextStore.get(store, Section.HANDLES, ""));
  }

  @Test
  void tooLongAValueIsRefused() {
    String json = "x".repeat(NodeStore.LONGEST_VALUE + 1);
    assertThrows(
        IllegalArgumentException.class, () -> TextStore.put(store, Section.HANDLES, "k", json));
    assertThrows(IllegalArgumentException.class, () -> store.appendAudit("k", json));
    assertThrows(
        IllegalArgumentException.class,
        () -> TextStore.put(store, Section.HANDLES, "x".repeat(NodeStore.LONGEST_KEY + 1), ""));
  }

  @Test
  void aFullSectionSaysSoAndKeepsWhatItHas() throws IOException {
    int stored = fill();
    String message =
        assertThrows(
                StoreFullException.class,
                () -> TextStore.put(store, Section.META, "one more", big()))
            .getMessage();
    assertTrue(message.contains("meta.map is full with " + stored + " entries"), message);
    reopen();
    assertEquals(stored, all(Section.META).size());
    all(Section.META).keySet().stream()
        .limit(5)
        .toList()
        .forEach(k -> store.remove(Section.META, k));
    TextStore.put(store, Section.META, "one more", big());
    assertEquals(big(), TextStore.get(store, Section.META, "one more"));
  }

  private int fill() {
    int stored = 0;
    try {
      for (; stored < 100_000; stored++) {
        TextStore.put(store, Section.META, "k" + stored, big());
      }
    } catch (StoreFullException e) {
      return stored;
    }
    throw new AssertionError("never full");
  }

  private static String big() {
    return "{4711}".repeat(500);
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws IOException {
    store.appendAudit("k", "{}");
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
            file.toString());
      }
    }
  }

  @Test
  void theFilesAreSparse() throws Exception {
    store.close();
    store = NodeStore.open(temporary.resolve("usual"));
    Process du = new ProcessBuilder("du", "-sk", temporary.resolve("usual").toString()).start();
    String kib = new String(du.getInputStream().readAllBytes()).split("\\s")[0];
    assertTrue(Long.parseLong(kib) < 20_000, kib + " KiB on disk");
  }
}
