package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.Quicksilver;
import org.quicksilver.node.NodeMain;

/** Completions of recoverable queues over the death of nodes, and over nodes. */
@Timeout(120)
class DurableCompletionTest extends QueueFixture {

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

  private long recorded() {
    java.io.StringWriter out = new java.io.StringWriter();
    java.io.PrintWriter printer = new java.io.PrintWriter(out);
    String[] words = {"status", "--home", home("home").toString(), "--json"};
    org.quicksilver.cli.Cli.run(words, printer, printer);
    return com.google.gson.JsonParser.parseString(out.toString())
        .getAsJsonObject()
        .get("completions")
        .getAsLong();
  }
}
