package org.quicksilver.memory;

/**
 * The log could not hold the transaction even if it were empty. Abort it, then do it in smaller
 * ones or with a larger log.
 */
public final class TransactionTooLargeException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public TransactionTooLargeException(String message) {
    super(message, null);
  }
}
