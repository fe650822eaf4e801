package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.Scope;
import org.quicksilver.Transaction;
import org.quicksilver.node.Node;

/** Three nodes in a line, or in a ring: queues at nodes that the client's is not linked with. */
@Timeout(120)
class FarQueueTest extends QueueFixture {

  private Node middle;

  /** The client's node, then these two; each is linked with the one before it. */
  private void line() throws Exception {
    middle = node("middle", ",link-death=1s,peers=" + home("home"));
    node("far", ",link-death=1s,peers=" + home("middle"));
  }

  private ServerProcess serveFar(String... names) throws Exception {
    return closing(new ServerProcess(home("far"), names));
  }

  @Test
  void aQueueTwoLinksAwayIsFoundWhicheverIsThereFirst() throws Exception {
    ServiceQueue early = queues.queue("early");
    line();
    serveFar("early", "late");
    assertEquals("echo hello", text(early.call(bytes("echo hello"))));
    assertEquals("echo again", call("late", "echo again"));
  }

  @Test
  void anOfferThatEndsThereIsForgottenHere() throws Exception {
    line();
    ServerProcess first = serveFar("files");
    ServiceQueue queue = queues.queue("files");
    Awaitility.await().until(() -> queue.offers() == 1);
    ServerProcess second = serveFar("files");
    Awaitility.await().until(() -> queue.offers() == 2);
    first.kill();
    Awaitility.await().until(() -> queue.offers() == 1);
    assertEquals(Long.toString(second.pid()), call("files", "pid"));
    second.kill();
    Awaitility.await().until(() -> queue.offers() == 0);
  }

  @Test
  void theDeathOfAFarServerIsNoticed() throws Exception {
    LinkedBlockingQueue<Death> deaths = new LinkedBlockingQueue<>();
    queues.watch(deaths::add);
    line();
    ServerProcess server = serveFar("files");
    Call open = queues.queue("files").callAsync(bytes("sleep 60000"));
    call("files", "pid");
    server.kill();
    assertThrows(ServerDiedException.class, () -> open.await(Duration.ofSeconds(30)));
    assertTrue(deaths.poll(30, TimeUnit.SECONDS) != null);
  }

  @Test
  void aTransactionGrowsAlongTheWayAndCommits() throws Exception {
    line();
    serveFar("files");
    Path file = directory.resolve("kept");
    Transaction transaction = quicksilver.begin();
    try (Scope scope = transaction.enter()) {
      call("files", "keep " + file + " one");
    }
    assertEquals(List.of(), lines(file));
    transaction.commit();
    Awaitility.await().until(() -> lines(file).equals(List.of("one")));
  }

  @Test
  void aRequestOfADeadFarServerGoesToTheNextOne() throws Exception {
    line();
    ServerProcess first = serveFar("files!");
    Path file = directory.resolve("kept");
    assertEquals(Long.toString(first.pid()), call("files", "keep " + file + " one"));
    Call open = queues.queue("files").callAsync(bytes("sleep 20000"));
    Call last = queues.queue("files").callAsync(bytes("keep " + file + " two"));
    last.await();
    Awaitility.await().until(() -> lines(file).equals(List.of("one", "two")));
    first.kill();
    ServerProcess second = serveFar("files!");
    assertEquals(Long.toString(second.pid()), call("files", "keep " + file + " three"));
    open.cancel();
    Awaitility.await().until(() -> lines(file).equals(List.of("one", "two", "three")));
  }

  @Test
  void aWayThatIsLostIsReplacedByAnother() throws Exception {
    node("other", ",link-death=1s,peers=" + home("home"));
    line();
    node("last", ",link-death=1s,peers=" + home("other") + ";" + home("middle"));
    closing(new ServerProcess(home("last"), "files"));
    ServiceQueue queue = queues.queue("files");
    assertEquals("echo 1", text(queue.call(bytes("echo 1"))));
    middle.close();
    Awaitility.await()
        .ignoreExceptionsInstanceOf(ServerDiedException.class)
        .until(() -> text(queue.call(bytes("echo 2"))).equals("echo 2"));
  }

  @Test
  void aNodeOnTheWayThatComesBackIsUsedAgain() throws Exception {
    line();
    serveFar("files");
    ServiceQueue queue = queues.queue("files");
    assertEquals("echo 1", text(queue.call(bytes("echo 1"))));
    middle.close();
    Awaitility.await().until(() -> queue.offers() == 0);
    middle = node("middle", ",link-death=1s,peers=" + home("home"));
    assertEquals("echo 2", text(queue.call(bytes("echo 2"))));
  }
}
