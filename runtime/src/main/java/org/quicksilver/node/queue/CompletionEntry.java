package org.quicksilver.node.queue;

import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.transaction.TransactionId;

/**
 * The completion of one request.
 *
 * @param server incarnation of the process that served it
 * @param transaction what it was served under: the completion counts if this one commits
 * @param recorded whether it has
 */
public record CompletionEntry(
    RequestId request, int server, TransactionId transaction, boolean recorded, byte[] completion) {

  /** The same when its transaction has committed. */
  public CompletionEntry committed() {
    return new CompletionEntry(request, server, transaction, true, completion);
  }

  /** The same with these bytes. */
  public CompletionEntry with(byte[] bytes) {
    return new CompletionEntry(request, server, transaction, recorded, bytes);
  }

  /** Whether it is that of a request of a client below a sequence number. */
  boolean isBelow(long node, int client, long sequence) {
    return request.node() == node
        && request.incarnation() == client
        && request.sequence() < sequence;
  }
}
