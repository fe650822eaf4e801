package org.quicksilver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.DeathEffect.FAIL;
import static org.quicksilver.transaction.ParticipationClass.ONE_PHASE_STANDARD;
import static org.quicksilver.transaction.ParticipationClass.TWO_PHASE;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.node.JavaProcess;
import org.quicksilver.node.NodeMain;
import org.quicksilver.transaction.Vote;

/**
 * A client on a node that cannot be relied upon hands the coordination of its transaction to the
 * server's node; then its process and its node are killed, and do not come back.
 */
@Timeout(120)
class HandOverTest {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Notes notes = new Notes();

  /** The client. Arguments: home, node to hand over to, or nothing to leave that to its node. */
  static final class Client {
    private Client() {}

    public static void main(String[] arguments) throws Exception {
      try (Quicksilver quicksilver = Quicksilver.open(Path.of(arguments[0]))) {
        Transaction transaction = quicksilver.begin();
        System.out.println(transaction.tag());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String node = in.readLine();
        if (!node.isEmpty()) {
          transaction.handOver(
              new org.quicksilver.transaction.NodeId(Long.parseUnsignedLong(node, 16)));
        }
        System.out.println("handed");
        in.readLine();
      }
    }
  }

  @Test
  void transactionEndsThoughClientAndItsNodeNeverReturn() throws Exception {
    run("ordinary", true);
  }

  @Test
  void brittleNodeHandsOverByItself() throws Exception {
    run("brittle", false);
  }

  private void run(String sturdiness, boolean explicit) throws Exception {
    Path a = directory.resolve("a");
    Path b = directory.resolve("b");
    String options = ",link-death=1s,linger=0";
    try (ForkedNode server = new ForkedNode(NodeMain.class, b, options + ",sturdiness=robust");
        ForkedNode clients =
            new ForkedNode(
                NodeMain.class, a, options + ",sturdiness=" + sturdiness + ",peers=" + b);
        Quicksilver quicksilver = Quicksilver.open(b)) {
      Process client =
          new ProcessBuilder(JavaProcess.command(Client.class, a.toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader out = new BufferedReader(new InputStreamReader(client.getInputStream()));
      PrintStream in = new PrintStream(client.getOutputStream(), true);
      String tag = out.readLine();
      Awaitility.await().ignoreExceptions().until(() -> takePart(quicksilver, tag));
      in.println(explicit ? quicksilver.node() : "");
      assertEquals("handed", out.readLine());
      String id = tag.substring(0, tag.indexOf('@'));
      Awaitility.await()
          .until(() -> Commands.run(server.home(), "tx", "show", id).contains("owner"));
      client.destroyForcibly().waitFor();
      clients.kill();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> notes.all().containsAll(List.of("file aborts", "window aborts")));
      Awaitility.await()
          .until(
              () ->
                  Commands.run(server.home(), "tx", "list", "--programs")
                      .contains("no transactions"));
      clients.start();
      Awaitility.await()
          .until(() -> Commands.run(a, "tx", "list", "--programs").contains("no transactions"));
      assertTrue(notes.all().stream().noneMatch(note -> note.endsWith("commits")));
    }
  }

  private boolean takePart(Quicksilver quicksilver, String tag) throws Exception {
    Transaction transaction = quicksilver.tagged(tag);
    transaction.enlist(notes.participant("file", Vote.RECOVERABLE), TWO_PHASE, FAIL);
    transaction.enlist(notes.participant("window"), ONE_PHASE_STANDARD, FAIL);
    return true;
  }
}
