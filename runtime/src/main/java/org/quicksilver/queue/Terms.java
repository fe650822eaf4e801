package org.quicksilver.queue;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a queue is served. All offers of one queue should have the same terms.
 *
 * <p>On a volatile queue a request happens at most once; if its server dies its client is told so.
 * On a recoverable queue a request without a transaction is served under one of the server's, which
 * is committed together with the completion in the node's forced log. What the service does under
 * it happens exactly once, as long as that log survives: if the server dies before, its work is
 * aborted and another offer gets the request; if it dies after, the client gets the completion from
 * the log. What a service does outside of the transaction may then happen again. A request that
 * comes under a transaction of its client lives and dies with that one, on either queue.
 *
 * @param recoverable whether completions are recorded
 * @param executor runs the service; null for the thread that read the request
 */
public record Terms(boolean recoverable, @Nullable Executor executor) {

  /** At most once. */
  public static final Terms VOLATILE = new Terms(false, null);

  /** Exactly once, for what is done under the request's transaction. */
  public static final Terms RECOVERABLE = new Terms(true, null);

  /** The same, served by other threads. */
  public Terms on(Executor executor) {
    return new Terms(recoverable, executor);
  }
}
