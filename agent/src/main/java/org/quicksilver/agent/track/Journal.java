package org.quicksilver.agent.track;

import org.quicksilver.handle.HandleKind;

/**
 * Who writes down what becomes of handles. Called on the application's threads, marked as our own
 * work: must neither block nor open anything.
 */
public interface Journal {

  /** What was found of a handle, or done with it. */
  enum Verdict {
    /** It outlived its committed transaction, or was open for too long. */
    LEAK,
    /** It outlived its aborted transaction, and is left open. */
    ORPHAN,
    /** We closed it. */
    RECLAIMED,
    /** The application closed it after all. */
    WITHDRAWN,
    /** We could not close it. */
    FAILED,
    /** It was collected while open. */
    UNREACHABLE
  }

  /** A handle was opened. */
  void opened(Handle handle);

  /** A handle was closed, by whomever. */
  void closed(Handle handle);

  /** A handle was reported or reclaimed. */
  void judged(HandleKind kind, String what, String transaction, Verdict verdict);
}
