package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.log.NodeStore.Section;

final class NodeStoreKillTest {

  private static final int ROUNDS = Integer.getInteger("quicksilver.test.kills", 6);

  /** What one key had when the process was killed. */
  private record Value(long version, boolean removed) {}

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Map<Long, String> acknowledged = new TreeMap<>();
  private final Map<String, Value> values = new HashMap<>();

  @TempDir Path temporary;

  @Test
  void killedAtAnyMomentItHasEveryAcknowledgedLineOnceAndTheLastValues() throws Exception {
    Path directory = temporary.resolve("store");
    for (int round = 1; round <= ROUNDS; round++) {
      killOne(directory, round);
      try (NodeStore store = NodeStore.open(directory, StoreChild.SIZES)) {
        assertTrue(store.recovered());
        String where = "seed " + seed + ", round " + round;
        auditIsWhole(store, where);
        valuesAreTheLast(store, where);
      }
    }
  }

  /**
   * Kills it after a random number of acknowledgements, in the first round or two before it has
   * even opened the store.
   */
  private void killOne(Path directory, int round) throws IOException, InterruptedException {
    int lines = round == 2 ? 0 : random.nextInt(4000);
    Process child = ChildJvm.of(ChildJvm.FLAGS, directory, round).start();
    try (BufferedReader reader = child.inputReader()) {
      assertEquals("ready", reader.readLine(), () -> "seed " + seed);
      for (int i = 0; i < lines; i++) {
        acknowledge(reader.readLine());
      }
      child.toHandle().destroyForcibly();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        acknowledge(line);
      }
    }
    assertEquals(137, child.waitFor());
  }

  /** The last line may be cut off. */
  private void acknowledge(String line) {
    String[] words = line.split(" ");
    if (words[0].equals("A") && words.length == 3 && words[2].contains("-")) {
      acknowledged.put(Long.parseLong(words[1]), words[2]);
    } else if (words.length == 3 && words[2].length() >= 7) {
      values.put(words[1], new Value(Long.parseLong(words[2]), words[0].equals("R")));
    }
  }

  private void auditIsWhole(NodeStore store, String where) {
    Map<Long, String> found = new TreeMap<>();
    store.visitAudit(
        1,
        (number, json) -> {
          assertEquals(null, found.put(number, json), where);
          return true;
        });
    acknowledged.forEach(
        (number, key) -> {
          String line = found.get(number);
          assertNotNull(line, where + ", number " + number);
          assertTrue(line.startsWith("{\"key\":\"" + key), where + ", number " + number);
        });
    Set<String> once = new HashSet<>(found.values());
    assertEquals(found.size(), once.size(), where + ": a line is there twice");
    long number = 0;
    for (Map.Entry<Long, String> line : found.entrySet()) {
      assertEquals(++number, line.getKey(), where + ": a gap");
      String key = line.getValue().split("\"")[3];
      assertEquals(StoreChild.line(key), line.getValue(), where);
    }
    assertEquals(number + 1, appended(store), where);
  }

  private long appended(NodeStore store) {
    long number =
        store.appendAudit(
            "check-" + acknowledged.size(), StoreChild.line("check-" + acknowledged.size()));
    acknowledged.put(number, "check-" + acknowledged.size());
    return number;
  }

  /** The last acknowledged value, or that of the call that was cut off. */
  private void valuesAreTheLast(NodeStore store, String where) {
    for (Map.Entry<String, Value> entry : values.entrySet()) {
      String json = TextStore.get(store, Section.TRANSACTIONS, entry.getKey());
      Value last = entry.getValue();
      if (json == null) {
        assertTrue(last.removed() || last.version() % 1_000_000 % 7 == 3, where + entry);
      } else {
        long version = Long.parseLong(json.substring(0, json.indexOf(':')));
        assertEquals(StoreChild.value(version), json, where);
        assertTrue(
            last.removed() ? version > last.version() : version >= last.version(), where + entry);
      }
    }
  }
}
