package org.quicksilver.memory;

/**
 * The transaction has ended, was prepared, or was decided the other way; or its memory was closed.
 */
public final class TransactionEndedException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public TransactionEndedException(String message) {
    super(message, null);
  }
}
