package org.quicksilver.log;

import java.io.IOException;

/**
 * The log has damage where records had been forced, so it is not opened. Nothing was changed. The
 * message names file and offset, and says what to do.
 */
public final class LogDamagedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient LogProblem problem;

  LogDamagedException(LogProblem problem) {
    super(
        "the log is damaged: "
            + problem
            + ". Restore its directory from a copy. To give up everything from there on instead,"
            + " which may break promises of committed transactions: remove all later segments and"
            + " cut this one, truncate -s "
            + problem.offset()
            + " "
            + problem.file());
    this.problem = problem;
  }

  /** What is wrong where. */
  public LogProblem problem() {
    return problem;
  }
}
