package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several servers of one queue; on a recoverable queue no request is lost and none happens twice.
 */
@Timeout(120)
class RecoverableQueueTest extends QueueFixture {

  private final Path file() {
    return directory.resolve("kept");
  }

  @Test
  void loadSpreadsByHowBusyTheServersAre() throws Exception {
    serve("work");
    serve("work");
    serve("work");
    ServiceQueue queue = queues.queue("work");
    Awaitility.await().until(() -> queue.offers() == 3);
    List<Call> calls = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 90; i++) {
      calls.add(queue.callAsync(bytes("sleep 20")));
    }
    for (Call call : calls) {
      counts.merge(text(call.await()), 1, Integer::sum);
    }
    assertEquals(3, counts.size(), counts::toString);
    assertTrue(counts.values().stream().allMatch(count -> count > 20), counts::toString);
  }

  @Test
  void aSlowServerGetsLessThanTheOthers() throws Exception {
    Offer mine = queues.offer("work", request -> slow(200));
    serve("work");
    ServiceQueue queue = queues.queue("work");
    Awaitility.await().until(() -> queue.offers() == 2);
    List<Call> window = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      window.add(queue.callAsync(bytes("echo")));
      if (window.size() == 4) {
        while (window.stream().noneMatch(Call::isDone)) {
          Thread.onSpinWait();
        }
        window.removeIf(Call::isDone);
      }
    }
    for (Call call : window) {
      call.await();
    }
    assertTrue(mine.served() < 50, () -> mine.served() + " of 200");
  }

  private static byte[] slow(long millis) throws InterruptedException {
    Thread.sleep(millis);
    return new byte[0];
  }

  @Test
  void aRequestWithoutATransactionIsServedUnderOneOfTheServer() throws Exception {
    serve("files!");
    assertNotEquals("null", call("files", "transaction"));
    call("files", "keep " + file() + " one");
    Awaitility.await().until(() -> lines(file()).equals(List.of("one")));
  }

  @Test
  void aServerKilledUnderLoadLosesNoRequestAndRepeatsNone() throws Exception {
    long seed = Long.getLong("quicksilver.seed", System.nanoTime());
    Random random = new Random(seed);
    List<ServerProcess> servers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      servers.add(serve("files!"));
    }
    ServiceQueue queue = queues.queue("files");
    Awaitility.await().until(() -> queue.offers() == 3);
    int rounds = Integer.getInteger("quicksilver.rounds", 4);
    int number = 0;
    for (int round = 0; round < rounds; round++) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        calls.add(queue.callAsync(bytes("slow-keep " + file() + " " + number++)));
      }
      Thread.sleep(random.nextInt(60));
      servers.remove(random.nextInt(3)).kill();
      for (Call call : calls) {
        call.await(Duration.ofSeconds(60));
      }
      servers.add(serve("files!"));
      Awaitility.await().until(() -> queue.offers() == 3);
    }
    int expected = number;
    Awaitility.await("seed " + seed)
        .until(() -> new HashSet<>(lines(file())).size() + awaited(expected) >= expected);
    assertEquals(lines(file()).size(), new HashSet<>(lines(file())).size(), "twice, seed " + seed);
  }

  /** Lines whose writer was killed between the commit and the writing: prepared, nobody resumed. */
  private int awaited(int expected) throws Exception {
    int prepared = 0;
    HashSet<String> written = new HashSet<>(lines(file()));
    try (var files = java.nio.file.Files.list(directory)) {
      List<String> names = files.map(each -> each.getFileName().toString()).toList();
      for (int i = 0; i < expected; i++) {
        String prefix = "kept." + i + ".";
        boolean isPrepared = names.stream().anyMatch(name -> name.startsWith(prefix));
        prepared += !written.contains(Integer.toString(i)) && isPrepared ? 1 : 0;
      }
    }
    return prepared;
  }
}
