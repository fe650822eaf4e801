package org.quicksilver.memory;

/** The log is open already, in this process or another. */
public final class LogInUseException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public LogInUseException(String message) {
    super(message, null);
  }
}
