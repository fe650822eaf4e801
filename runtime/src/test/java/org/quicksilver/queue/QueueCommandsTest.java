package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.cli.Cli;

/** {@code quicksilver queues} and {@code quicksilver call}. */
@Timeout(120)
class QueueCommandsTest extends QueueFixture {

  private record Run(int code, String out, String err) {}

  private Run run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--home", home("home").toString()))
            .toArray(String[]::new);
    int code = Cli.run(all, new PrintWriter(out), new PrintWriter(err));
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void callPrintsTheCompletion() throws Exception {
    serve("files");
    assertEquals(new Run(0, "echo you\n", ""), run("call", "files", "--data", "echo you"));
    Run json = run("call", "files", "--data", "echo you", "--json");
    assertEquals(
        "echo you",
        JsonParser.parseString(json.out()).getAsJsonObject().get("completion").getAsString());
  }

  @Test
  void callSaysWhyThereIsNoCompletion() throws Exception {
    serve("files");
    Run failed = run("call", "files", "--data", "fail full");
    assertEquals(7, failed.code());
    assertTrue(failed.err().contains("the server failed: full"), failed::err);
    Run nobody = run("call", "nobody", "--timeout", "50ms");
    assertEquals(5, nobody.code());
    assertTrue(nobody.err().contains("no completion from queue 'nobody' in 50ms"), nobody::err);
    assertEquals(2, run("call", "files", "--timeout", "soon").code());
  }

  @Test
  void queuesListsOffersWithWhatTheyServed() throws Exception {
    assertEquals("no queues\n", run("queues").out());
    ServerProcess server = serve("files!");
    queues.queue("wanted");
    call("files", "echo");
    call("files", "echo");
    Awaitility.await()
        .untilAsserted(
            () -> {
              List<String> lines = run("queues").out().lines().toList();
              assertEquals(3, lines.size(), lines::toString);
              assertTrue(
                  lines
                      .get(1)
                      .matches("files +recoverable +1 +" + server.pid() + " +0 +2 +0 .* us .*"),
                  lines::toString);
              assertTrue(lines.get(2).matches("wanted +1 .* nobody"), lines::toString);
            });
    assertTrue(run("queues", "--json").out().contains("\"ninetyNinthMicros\""));
  }
}
