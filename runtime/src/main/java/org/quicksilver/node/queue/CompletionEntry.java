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

  CompletionEntry committed() {
    return new CompletionEntry(request, server, transaction, true, completion);
  }
}
