package org.quicksilver.log;

/**
 * Something in the files of a log that is not as it was written.
 *
 * @param kind what may have caused it
 * @param file in which file
 * @param offset where, bytes
 * @param what what is wrong there
 */
public record LogProblem(Kind kind, String file, long offset, String what) {

  /** What may have caused a problem. */
  public enum Kind {
    /**
     * A crash while the last records were being written, none of which had been forced: the next
     * opening cuts them off.
     */
    TORN_TAIL,

    /** Something else. Forced records may be concerned; the log is not opened. */
    DAMAGE
  }

  @Override
  public String toString() {
    return file + ", offset " + offset + ": " + what;
  }
}
