package org.quicksilver.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls between real processes. */
@Timeout(120)
class ServiceQueueTest extends QueueFixture {

  @Test
  void aCallReachesAServerInAnotherProcess() throws Exception {
    ServerProcess server = serve("files");
    assertEquals("echo you", call("files", "echo you"));
    assertEquals(Long.toString(server.pid()), call("files", "pid"));
  }

  @Test
  void aRequestWaitsUntilSomebodyServesTheQueue() throws Exception {
    Call early = queues.queue("files").callAsync(bytes("echo early"));
    assertEquals(1, queues.queue("files").waiting());
    serve("files");
    assertEquals("echo early", text(early.await()));
  }

  @Test
  void aCompletionIsKeptUntilItIsFetched() throws Exception {
    serve("files");
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      calls.add(queues.queue("files").callAsync(bytes("echo " + i)));
    }
    for (int i = 999; i >= 0; i--) {
      assertEquals("echo " + i, text(calls.get(i).await()));
      assertEquals("echo " + i, text(calls.get(i).await()));
    }
  }

  @Test
  void aFutureGivesTheCompletion() throws Exception {
    serve("files");
    CompletableFuture<String> one =
        queues.queue("files").callAsync(bytes("echo 1")).future().thenApply(QueueFixture::text);
    assertEquals("echo 1", one.get());
  }

  @Test
  void whatTheServerThrowsIsTheMessageOfTheFailure() throws Exception {
    serve("files");
    RequestFailedException failure =
        assertThrows(RequestFailedException.class, () -> call("files", "fail disk-full"));
    assertEquals("disk-full", failure.getMessage());
  }

  @Test
  void theLongestBodyGoesThereAndBack() throws Exception {
    serve("files");
    byte[] body = new byte[ServiceQueue.LONGEST_BODY];
    System.arraycopy(bytes("echo "), 0, body, 0, 5);
    assertArrayEquals(body, queues.queue("files").call(body));
    assertThrows(
        IllegalArgumentException.class,
        () -> queues.queue("files").call(new byte[ServiceQueue.LONGEST_BODY + 1]));
  }

  @Test
  void aDeadlineEndsTheCallAndInterruptsTheServer() throws Exception {
    serve("files");
    long began = System.nanoTime();
    assertThrows(
        DeadlineExpiredException.class,
        () -> queues.queue("files").call(bytes("sleep 30000"), Duration.ofMillis(50)));
    assertTrue(System.nanoTime() - began < 20_000_000_000L);
    assertEquals("echo", call("files", "echo"));
  }

  @Test
  void aSlowRequestHoldsUpNoOther() throws Exception {
    serve("files");
    Call slow = queues.queue("files").callAsync(bytes("sleep 20000"));
    assertEquals("echo quick", call("files", "echo quick"));
    assertFalse(slow.isDone());
    assertThrows(TimeoutException.class, () -> slow.await(Duration.ofMillis(1)));
    slow.cancel();
    assertThrows(RequestCancelledException.class, slow::await);
  }

  @Test
  void anInterruptCancelsTheCallAndHarmsNoOther() throws Exception {
    serve("files");
    call("files", "echo");
    Call other = queues.queue("files").callAsync(bytes("sleep 300"));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> call("files", "sleep 20000"));
    other.await();
    assertEquals("echo", call("files", "echo"));
  }

  @Test
  void aServerThatDiesFailsWhatItWasServing() throws Exception {
    ServerProcess server = serve("files");
    ConcurrentLinkedQueue<Death> deaths = new ConcurrentLinkedQueue<>();
    queues.watch(deaths::add);
    Call call = queues.queue("files").callAsync(bytes("sleep 20000"));
    assertEquals("echo", call("files", "echo"));
    server.kill();
    assertThrows(ServerDiedException.class, call::await);
    Awaitility.await().until(() -> deaths.size() == 1);
    ServerProcess next = serve("files");
    assertEquals(Long.toString(next.pid()), call("files", "pid"));
  }

  @Test
  void aServerThatIsMerelyStoppedIsAwaited() throws Exception {
    ServerProcess server = serve("files");
    call("files", "echo");
    server.stop();
    Call call = queues.queue("files").callAsync(bytes("echo later"));
    assertThrows(TimeoutException.class, () -> call.await(Duration.ofMillis(300)));
    server.goOn();
    assertEquals("echo later", text(call.await()));
  }

  @Test
  void aWithdrawnOfferGetsNoMoreRequests() throws Exception {
    Offer offer = queues.offer("mine", Request::body);
    assertEquals("a", text(queues.queue("mine").call(bytes("a"))));
    offer.close();
    Call waiting = queues.queue("mine").callAsync(bytes("b"));
    serve("mine");
    assertThrows(RequestFailedException.class, waiting::await);
  }

  @Test
  void clientAndServerChangeRolesInTheMiddle() throws Exception {
    serve("files");
    serve("directory");
    queues.offer("client", request -> bytes("from the client"));
    assertEquals("from the client", call("files", "call directory call client now"));
  }

  private static final class Numbers implements Codec<Integer> {
    @Override
    public byte[] encode(Integer value) {
      return bytes(value.toString());
    }

    @Override
    public Integer decode(byte[] bytes) {
      return Integer.valueOf(text(bytes));
    }
  }

  @Test
  void aCodecMakesRequestsAndCompletionsOfValues() throws Exception {
    TypedQueue<Integer, Integer> squares =
        new TypedQueue<>(queues.queue("squares"), new Numbers(), new Numbers());
    queues.offer("squares", squares.service((value, request) -> value * value));
    assertEquals(49, squares.call(7));
    assertEquals(64, squares.callAsync(8).get());
    assertThrows(RequestFailedException.class, () -> squares.queue().call(bytes("not a number")));
  }
}
