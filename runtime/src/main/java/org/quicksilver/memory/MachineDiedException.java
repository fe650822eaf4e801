package org.quicksilver.memory;

/**
 * The machine, not only the process, died while the memory was open: what the file cache held is
 * lost, and the file is not to be trusted. Says how to accept it.
 */
public final class MachineDiedException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public MachineDiedException(String message) {
    super(message, null);
  }
}
