package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.Quicksilver;
import org.quicksilver.Scope;
import org.quicksilver.Transaction;
import org.quicksilver.TransactionAbortedException;

/** The transaction of the caller rides with the request. */
@Timeout(120)
class QueueTransactionTest extends QueueFixture {

  @Test
  void theServerWorksUnderTheTransactionOfTheCaller() throws Exception {
    serve("files");
    Transaction transaction = quicksilver.begin();
    try (Scope scope = transaction.enter()) {
      assertEquals(transaction.id().toString(), call("files", "transaction"));
    }
    assertEquals("null", call("files", "transaction"));
    transaction.commit();
  }

  @Test
  void aChainOfServersWorksUnderOneTransaction() throws Exception {
    serve("files");
    serve("directory");
    serve("data");
    Transaction transaction = quicksilver.begin();
    try (Scope scope = transaction.enter()) {
      assertEquals(
          transaction.id().toString(), call("files", "call directory call data transaction"));
    }
    transaction.commit();
  }

  @Test
  void whatServersKeepIsKeptIfTheClientCommits() throws Exception {
    serve("files");
    serve("data");
    Path file = directory.resolve("kept");
    Transaction transaction = quicksilver.begin();
    try (Scope scope = transaction.enter()) {
      call("files", "keep " + file + " one");
      call("files", "call data keep " + file + " two");
    }
    assertEquals(List.of(), lines(file));
    transaction.commit();
    Awaitility.await().until(() -> lines(file).size() == 2);
    Transaction aborted = quicksilver.begin();
    try (Scope scope = aborted.enter()) {
      call("files", "keep " + file + " three");
    }
    aborted.abort("changed its mind");
    assertEquals(2, lines(file).size());
  }

  @Test
  void aTransactionWithAnOpenRequestCannotCommit() throws Exception {
    serve("files");
    Transaction transaction = quicksilver.begin();
    Call call;
    try (Scope scope = transaction.enter()) {
      call = queues.queue("files").callAsync(bytes("sleep 20000"));
    }
    ExecutionException refusal =
        assertThrows(ExecutionException.class, () -> transaction.commitAsync().get());
    assertTrue(refusal.getMessage().contains("1 open request"), refusal::getMessage);
    call.cancel();
    transaction.commit();
  }

  @Test
  void aServerThatDiesFailsTheTransaction() throws Exception {
    ServerProcess server = serve("files");
    Transaction transaction = quicksilver.begin();
    Call call;
    try (Scope scope = transaction.enter()) {
      call = queues.queue("files").callAsync(bytes("sleep 20000"));
      call("files", "echo");
    }
    server.kill();
    assertThrows(ServerDiedException.class, call::await);
    TransactionAbortedException aborted =
        assertThrows(TransactionAbortedException.class, transaction::commit);
    assertTrue(aborted.getMessage().contains(transaction.id().toString()), aborted::getMessage);
  }

  @Test
  void aServerThatDiesAfterItsCompletionFailsTheTransaction() throws Exception {
    List<Death> deaths = new CopyOnWriteArrayList<>();
    queues.watch(deaths::add);
    ServerProcess server = serve("files");
    Transaction transaction = quicksilver.begin();
    try (Scope scope = transaction.enter()) {
      call("files", "echo");
    }
    server.kill();
    Awaitility.await().until(() -> deaths.size() == 1);
    assertThrows(TransactionAbortedException.class, transaction::commit);
  }

  @Test
  void aServerThatLeavesRequestsOpenFails() throws Exception {
    serve("files");
    serve("data");
    Transaction transaction = quicksilver.begin();
    try (Scope scope = transaction.enter()) {
      RequestFailedException failure =
          assertThrows(
              RequestFailedException.class, () -> call("files", "leave-open data sleep 20000"));
      assertTrue(failure.getMessage().contains("open"), failure::getMessage);
    }
    transaction.abort("it failed");
  }

  @Test
  void theTransactionSpansNodesAsTheCallsDo() throws Exception {
    node("b", ",peers=" + home("home"));
    closing(new ServerProcess(home("b"), "far"));
    serve("near");
    Path file = directory.resolve("kept");
    Transaction transaction = quicksilver.begin();
    try (Scope scope = transaction.enter()) {
      assertEquals(transaction.id().toString(), call("far", "call near transaction"));
      call("far", "keep " + file + " far");
      call("far", "call near keep " + file + " near");
    }
    transaction.commit();
    Awaitility.await().until(() -> lines(file).size() == 2);
  }

  @Test
  void theDeathOfAClientAbortsItsTransactionAndStopsItsRequests() throws Exception {
    Path file = directory.resolve("kept");
    List<Death> deaths = new CopyOnWriteArrayList<>();
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    serve("files");
    CountDownLatch begun = new CountDownLatch(1);
    queues.watch(deaths::add);
    queues.offer(
        "slow",
        request -> {
          begun.countDown();
          try {
            Thread.sleep(20_000);
          } catch (InterruptedException e) {
            interrupted.add(request.isCancelled());
          }
          return new byte[0];
        });
    ServerProcess client =
        closing(new ServerProcess(ClientMain.class, home("home"), file.toString()));
    begun.await();
    client.kill();
    Awaitility.await().until(() -> deaths.size() == 1 && interrupted.equals(List.of(true)));
    assertEquals(List.of(), lines(file));
  }

  /** Calls under a transaction, and dies in the middle of it. */
  static final class ClientMain {

    private ClientMain() {}

    public static void main(String[] arguments) throws Exception {
      Quicksilver quicksilver = Quicksilver.open(Path.of(arguments[0]));
      ServiceQueues queues = ServiceQueues.of(quicksilver);
      Transaction transaction = quicksilver.begin();
      try (Scope scope = transaction.enter()) {
        queues.queue("files").call(bytes("keep " + arguments[1] + " line"));
        Call slow = queues.queue("slow").callAsync(new byte[0]);
        queues.queue("files").call(bytes("echo"));
        System.out.println("running");
        slow.await();
      }
    }
  }
}
