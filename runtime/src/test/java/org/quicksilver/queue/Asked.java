package org.quicksilver.queue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.quicksilver.Participant;
import org.quicksilver.QueuePort;
import org.quicksilver.Quicksilver;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.transaction.TransactionId;

/** A request seen by its node alone: the test is its server, and then its client. */
final class Asked implements QueuePort.Listener {

  private final QueuePort port;
  private final RequestId id;
  private final CountDownLatch effect = new CountDownLatch(1);
  private final CountDownLatch recorded = new CountDownLatch(1);
  private final BlockingQueue<QueueMessage.Found> answers = new LinkedBlockingQueue<>();

  Asked(Quicksilver program, long sequence) {
    port = program.queues();
    id = new RequestId(port.node(), port.incarnation(), "files", sequence);
    port.attach(this);
  }

  RequestId id() {
    return id;
  }

  /** A participant whose effect is there as soon as it is told that the transaction commits. */
  Participant effect() {
    return new Participant() {
      @Override
      public void committed(TransactionId transaction) {
        effect.countDown();
      }
    };
  }

  void awaitEffect() throws InterruptedException {
    await(effect);
  }

  void awaitRecorded() throws InterruptedException {
    await(recorded);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing came");
    }
  }

  /** What the node says became of it, as if its server were dead. */
  QueueMessage.Found inquire() throws InterruptedException {
    QueueMessage.@Nullable Found found = null;
    for (int i = 0; i < 120 && found == null; i++) {
      port.send(new QueueMessage.Inquire(id, port.node(), 0));
      found = answers.poll(500, TimeUnit.MILLISECONDS);
    }
    if (found == null) {
      throw new AssertionError("no answer about " + id);
    }
    return found;
  }

  @Override
  public void onConnected() {}

  @Override
  public void onMessage(QueueMessage.ToProgram message) {
    if (message instanceof QueueMessage.Recorded m && m.refusal().isEmpty()) {
      recorded.countDown();
    } else if (message instanceof QueueMessage.Found m) {
      answers.add(m);
    }
  }

  @Override
  public void onEnded(TransactionId transaction) {}
}
