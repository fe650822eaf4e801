package org.quicksilver.memory;

/** More transactions are open at once than the engine has places for: end some, then begin. */
public final class TooManyTransactionsException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public TooManyTransactionsException(String message) {
    super(message, null);
  }
}
