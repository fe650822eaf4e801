package org.quicksilver.benchmark.queue;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.quicksilver.Scope;
import org.quicksilver.Transaction;
import org.quicksilver.queue.ServiceQueue;

/** A service queue; within a transaction if there is one. */
final class QueueCaller implements Caller {

  private final ServiceQueue queue;
  private final @Nullable Transaction transaction;
  private final @Nullable Scope scope;

  /**
   * The calling thread is in the transaction from now on.
   *
   * @param transaction null for none
   */
  QueueCaller(ServiceQueue queue, @Nullable Transaction transaction) {
    this.queue = queue;
    this.transaction = transaction;
    this.scope = transaction == null ? null : transaction.enter();
  }

  @Override
  public byte[] call(byte[] body) throws Exception {
    return queue.call(body);
  }

  @Override
  public CompletionStage<byte[]> begin(byte[] body) {
    return queue.callAsync(body).stage();
  }

  @Override
  public void close() throws Exception {
    if (scope != null && transaction != null) {
      scope.close();
      transaction.commit();
    }
  }
}
