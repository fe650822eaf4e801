package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.CountedQuicksilver;
import org.quicksilver.Quicksilver;
import org.quicksilver.Scope;
import org.quicksilver.Transaction;
import org.quicksilver.cli.Cli;
import org.quicksilver.comm.ProgramMessage;

/**
 * A chain of four services is one tree, and its transaction costs no message: not between client
 * and server, not for registering. Bytes and messages are counted.
 */
@Timeout(120)
class TaggingTest extends QueueFixture {

  private static final List<String> CHAIN = List.of("window", "file", "directory", "data");
  private static final Duration FOR_EVER = Duration.ofHours(1);

  private final List<Quicksilver> programs = new ArrayList<>();
  private final List<ServiceQueues> services = new ArrayList<>();
  private final List<List<ProgramMessage.ToNode>> words = new ArrayList<>();

  /** Client, then the four services, each a process of its own as far as the node knows. */
  private void start(Duration patience) throws Exception {
    for (int i = 0; i <= CHAIN.size(); i++) {
      List<ProgramMessage.ToNode> mine = CountedQuicksilver.words();
      Quicksilver program = closing(CountedQuicksilver.open(home("home"), mine));
      ServiceQueues each = closing(ServiceQueues.of(program, patience));
      words.add(mine);
      programs.add(program);
      services.add(each);
      if (i > 0) {
        String next = i < CHAIN.size() ? CHAIN.get(i) : "";
        each.offer(CHAIN.get(i - 1), request -> next.isEmpty() ? end(request) : pass(each, next));
      }
    }
    callChain();
  }

  private static byte[] pass(ServiceQueues from, String next) throws Exception {
    return from.queue(next).call(new byte[64]);
  }

  private static byte[] end(Request request) {
    return bytes(request.transaction().map(t -> t.id().toString()).orElse(""));
  }

  private String callChain() throws Exception {
    return text(services.get(0).queue("window").call(new byte[64]));
  }

  private long framesSent() {
    return services.stream().mapToLong(ServiceQueues::framesSent).sum();
  }

  private long bytesSent() {
    return services.stream().mapToLong(ServiceQueues::bytesSent).sum();
  }

  @Test
  void theTransactionRidesInTheSameFramesAndRegistersNobodyByAMessage() throws Exception {
    start(FOR_EVER);
    long frames = framesSent();
    long bytes = bytesSent();
    assertEquals("", callChain());
    long framesWithout = framesSent() - frames;
    long bytesWithout = bytesSent() - bytes;
    assertEquals(8, framesWithout);

    Transaction transaction = programs.get(0).begin();
    List<Integer> before = words.stream().map(List::size).toList();
    frames = framesSent();
    bytes = bytesSent();
    String id = transaction.id().toString();
    try (Scope scope = transaction.enter()) {
      assertEquals(id, callChain());
    }
    assertEquals(framesWithout, framesSent() - frames);
    int requests = 4 * 28;
    int completions = (1 + 2 + 3 + 4) * 4 + 4 * id.length();
    assertEquals(bytesWithout + requests + completions, bytesSent() - bytes);
    for (int i = 0; i <= CHAIN.size(); i++) {
      assertEquals(List.of(), since(i, before), "words of " + i);
    }

    transaction.commit();
    List<ProgramMessage.ToNode> last = since(0, before);
    assertEquals(1, last.size(), last::toString);
    assertTrue(
        last.get(0) instanceof ProgramMessage.Commit commit && commit.parts().size() == 4,
        last::toString);
    for (int i = 1; i <= CHAIN.size(); i++) {
      assertEquals(List.of(), since(i, before), "words of " + i);
    }
  }

  private List<ProgramMessage.ToNode> since(int program, List<Integer> before) {
    List<ProgramMessage.ToNode> all = words.get(program);
    return all.subList(before.get(program), all.size()).stream()
        .filter(word -> !isStatistics(word))
        .toList();
  }

  private static boolean isStatistics(ProgramMessage.ToNode word) {
    return word instanceof ProgramMessage.OfQueues m
        && m.message() instanceof org.quicksilver.comm.QueueMessage.State;
  }

  @Test
  void aChainThatGoesOnForLongIsSeenAsOneTree() throws Exception {
    start(Duration.ofMillis(50));
    Transaction transaction = programs.get(0).begin();
    try (Scope scope = transaction.enter()) {
      callChain();
    }
    Awaitility.await()
        .untilAsserted(
            () -> {
              String shown = run("tx", "show", transaction.id().toString());
              JsonObject tree = JsonParser.parseString(shown).getAsJsonObject();
              assertEquals(1 + CHAIN.size(), tree.getAsJsonArray("participants").size(), shown);
            });
    transaction.commit();
  }

  private String run(String... words) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home("home").toString(), "--json"));
    Cli.run(all.toArray(new String[0]), printer, printer);
    return out.toString();
  }
}
