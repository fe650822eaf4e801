package org.quicksilver.node.queue;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.transaction.TransactionId;

/**
 * A completion as the store keeps it.
 *
 * @param inLog whether its bytes are in the log alone: they are too long for the store
 * @param completion Base64
 */
public record KeptCompletion(
    RequestId request,
    int server,
    TransactionId transaction,
    boolean recorded,
    boolean inLog,
    String completion) {

  /**
   * What is kept of an entry.
   *
   * @param longest bytes of the longest completion the store takes; Base64 makes four of three
   */
  public static KeptCompletion of(CompletionEntry entry, int longest) {
    boolean isLong = entry.completion().length > longest;
    return new KeptCompletion(
        entry.request(),
        entry.server(),
        entry.transaction(),
        entry.recorded(),
        isLong,
        isLong ? "" : Base64.getEncoder().encodeToString(entry.completion()));
  }

  /**
   * The entry; null if its bytes were not written.
   *
   * @param logged what the log has for the same request
   */
  public @Nullable CompletionEntry entry(@Nullable CompletionEntry logged) {
    if (logged != null && (logged.recorded() || inLog)) {
      boolean isSame = logged.transaction().equals(transaction);
      return recorded && isSame ? logged.committed() : logged;
    }
    return inLog
        ? null
        : new CompletionEntry(
            request, server, transaction, recorded, Base64.getDecoder().decode(completion));
  }
}
