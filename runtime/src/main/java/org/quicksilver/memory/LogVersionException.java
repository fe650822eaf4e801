package org.quicksilver.memory;

/** The log was written by another version of this engine, which has to empty it first. */
public final class LogVersionException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public LogVersionException(String message) {
    super(message, null);
  }
}
