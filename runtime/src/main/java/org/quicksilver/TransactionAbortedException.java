package org.quicksilver;

import java.util.List;
import org.quicksilver.transaction.TransactionId;

/** A transaction that was to be committed, or joined, has been aborted. */
public final class TransactionAbortedException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient TransactionId transaction;
  private final transient List<String> reasons;

  TransactionAbortedException(TransactionId transaction, List<String> reasons) {
    super(
        "transaction "
            + transaction
            + " was aborted"
            + (reasons.isEmpty() ? "" : ": " + String.join("; ", reasons)));
    this.transaction = transaction;
    this.reasons = List.copyOf(reasons);
  }

  /** Which one. */
  public TransactionId transaction() {
    return transaction;
  }

  /** Why, in the order in which it came; empty if that was lost with the connection to the node. */
  public List<String> reasons() {
    return reasons;
  }
}
