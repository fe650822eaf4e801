package org.quicksilver.agent.track;

import org.quicksilver.handle.Verdict;

/**
 * Who writes down what becomes of handles. Called on the application's threads, marked as our own
 * work: must neither block nor open anything.
 */
public interface Journal {

  /** A handle was opened. */
  void opened(Handle handle);

  /** A handle was closed, by whomever. */
  void closed(Handle handle);

  /** A handle was reported or reclaimed. */
  void judged(Handle handle, Verdict verdict);
}
