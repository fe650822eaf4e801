package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.Quicksilver;
import org.quicksilver.Scope;
import org.quicksilver.Transaction;
import org.quicksilver.cli.Cli;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.node.NodeMain;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.ParticipationClass;

/** Completions of recoverable queues over the death of nodes, and over nodes. */
@Timeout(120)
class DurableCompletionTest extends QueueFixture {

  private static final int CALLS = 50;

  private ServerProcess node(String name) throws Exception {
    String[] options = {"home=" + home(name) + ",link-death=1s"};
    return closing(new ServerProcess(NodeMain.class, options));
  }

  @Test
  void aNodeThatIsKilledLosesNoRequestAndRepeatsNone() throws Exception {
    long seed = Long.getLong("quicksilver.seed", System.nanoTime());
    Random random = new Random(seed);
    ServerProcess node = node("forked");
    Quicksilver program = closing(Quicksilver.open(home("forked")));
    ServiceQueues client = closing(ServiceQueues.of(program));
    closing(new ServerProcess(home("forked"), "files!"));
    Path file = directory.resolve("kept");
    ServiceQueue queue = client.queue("files");
    int number = 0;
    for (int round = 0; round < Integer.getInteger("quicksilver.rounds", 3); round++) {
      List<Call> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(queue.callAsync(bytes("keep " + file + " " + number++)));
      }
      Thread.sleep(random.nextInt(40));
      node.kill();
      node = node("forked");
      for (Call call : calls) {
        call.await(Duration.ofSeconds(60));
      }
    }
    int expected = number;
    Awaitility.await("seed " + seed).until(() -> new HashSet<>(lines(file)).size() == expected);
    assertEquals(expected, lines(file).size(), "twice, seed " + seed);
  }

  @Test
  void aRequestOfADeadServerOfAnotherNodeGoesToTheNextOne() throws Exception {
    node("b", ",peers=" + home("home"));
    ServerProcess far = closing(new ServerProcess(home("b"), "files!"));
    ServiceQueue queue = queues.queue("files");
    Path file = directory.resolve("kept");
    assertEquals(Long.toString(far.pid()), text(queue.call(bytes("keep " + file + " first"))));
    Call open = queue.callAsync(bytes("sleep 20000"));
    call("files", "echo");
    far.kill();
    ServerProcess near = serve("files!");
    Call next = queue.callAsync(bytes("keep " + file + " second"));
    assertEquals(Long.toString(near.pid()), text(next.await()));
    open.cancel();
    Awaitility.await().until(() -> lines(file).equals(List.of("first", "second")));
  }

  /**
   * The node is killed when the effect is there and the completion is on its way; that it was
   * recorded is found all the same, by whoever asks the next node.
   */
  @Test
  void aCompletionOfAnyLengthIsFoundWhenTheNodeIsKilledJustAfterTheCommit() throws Exception {
    for (int length : new int[] {10, 200 << 10, 400 << 10, 1 << 20}) {
      ServerProcess node = node("forked");
      try (Quicksilver program = Quicksilver.open(home("forked"))) {
        byte[] completion = new byte[length];
        new Random(length).nextBytes(completion);
        Asked asked = new Asked(program, length);
        Transaction transaction = program.begin();
        transaction.enlist(asked.effect(), ParticipationClass.ONE_PHASE_STANDARD, DeathEffect.FAIL);
        program.queues().send(new QueueMessage.Complete(transaction.id(), asked.id(), completion));
        asked.awaitEffect();
        node.kill();
        node = node("forked");
        QueueMessage.Found found = asked.inquire();
        assertTrue(found.recorded(), length + " bytes");
        assertArrayEquals(completion, found.completion());
      }
      node.kill();
    }
  }

  @Test
  void aCompletionOfAnyLengthIsFoundAfterAPowerFailureThatLeftTheLogAlone() throws Exception {
    for (int length : new int[] {10, 400 << 10, 1 << 20}) {
      ServerProcess node = node("forked");
      try (Quicksilver program = Quicksilver.open(home("forked"))) {
        byte[] completion = new byte[length];
        new Random(length).nextBytes(completion);
        Asked asked = new Asked(program, length);
        Transaction transaction = program.begin();
        program.queues().send(new QueueMessage.Complete(transaction.id(), asked.id(), completion));
        asked.awaitRecorded();
        node.kill();
        deleteAll(home("forked").resolve("store"));
        node = node("forked");
        QueueMessage.Found found = asked.inquire();
        assertTrue(found.recorded(), length + " bytes");
        assertArrayEquals(completion, found.completion());
      }
      node.kill();
    }
  }

  private static void deleteAll(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void theNodeForgetsWhatTheClientNeedsNoMore() throws Exception {
    serve("files!");
    boolean seen = false;
    for (int i = 0; i < 200 && !seen; i++) {
      call("files", "echo " + i);
      seen = recorded() > 0;
    }
    assertTrue(seen);
    Awaitility.await().until(() -> recorded() == 0);
  }

  @Test
  void aDurableCallForcesTheLogOnceMore() throws Exception {
    serve("files!");
    serve("volatile");
    call("files", "echo");
    long before = forces();
    for (int i = 0; i < CALLS; i++) {
      call("files", "echo " + i);
    }
    long ofCompletions = forces() - before;
    assertTrue(ofCompletions > 0 && ofCompletions <= CALLS, ofCompletions + " forces");
  }

  @Test
  void aDurableCallThatKeepsSomethingForcesTheLogOnceMoreThanTheSameTransaction() throws Exception {
    serve("files!");
    serve("volatile");
    Path file = directory.resolve("kept");
    long first = forces();
    for (int i = 0; i < CALLS; i++) {
      Transaction transaction = quicksilver.begin();
      try (Scope scope = transaction.enter()) {
        call("volatile", "keep " + file + " " + i);
      }
      transaction.commit();
    }
    long second = forces();
    for (int i = 0; i < CALLS; i++) {
      call("files", "keep " + file + " " + i);
    }
    long ofTransactions = second - first;
    long ofBoth = forces() - second;
    assertTrue(ofBoth > 0 && ofBoth <= ofTransactions + CALLS, ofBoth + " to " + ofTransactions);
  }

  @Test
  void manyDurableCallsAtOnceAreForcedTogether() throws Exception {
    serve("files!");
    call("files", "echo");
    long before = forces();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 20 * CALLS; i++) {
      calls.add(queues.queue("files").callAsync(bytes("echo " + i)));
    }
    for (Call call : calls) {
      call.await();
    }
    long forces = forces() - before;
    assertTrue(forces < 20 * CALLS, forces + " forces");
  }

  private long forces() {
    return answer("stats").getAsJsonObject("log").get("forces").getAsLong();
  }

  private long recorded() {
    return answer("status").get("completions").getAsLong();
  }

  private JsonObject answer(String question) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    String[] words = {question, "--home", home("home").toString(), "--json"};
    Cli.run(words, printer, printer);
    return JsonParser.parseString(out.toString()).getAsJsonObject();
  }
}
