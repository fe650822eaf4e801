package org.quicksilver.memory;

/**
 * A transaction begun with {@link RestoreMode#NO_RESTORE} cannot be aborted or prepared: it has no
 * old values.
 */
public final class RestoreModeException extends RecoverableMemoryException {

  private static final long serialVersionUID = 1L;

  /** Says what, where and what to do. */
  public RestoreModeException(String message) {
    super(message, null);
  }
}
