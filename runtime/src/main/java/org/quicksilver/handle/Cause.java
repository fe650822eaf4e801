package org.quicksilver.handle;

/**
 * Why a thread worked for a transaction when it opened a handle. The {@link #code} is written to
 * disk and never reused.
 */
public enum Cause {
  /** Not recorded. */
  UNKNOWN(0, "how its thread came to its transaction was not recorded"),
  /** For none but that of the process. */
  PROCESS(1, "its thread served nobody, and worked for the process"),
  /** It accepted the connection. */
  ACCEPTED(2, "its thread had accepted the connection that the transaction came over"),
  /** It read from the connection. */
  READ(3, "its thread had last read from the connection that the transaction came over"),
  /** It had taken up a task. */
  TASK(4, "its thread did a task that was handed to it by somebody who served the transaction"),
  /** It completed a stage of a computation. */
  STAGE(5, "its thread did a stage of a computation that was registered for the transaction"),
  /** It did a timer's task. */
  TIMER(6, "its thread did a task of a timer that was scheduled for the transaction"),
  /** It was called back. */
  CALLBACK(7, "its thread was called back at the end of an operation for the transaction"),
  /** It was started by one that worked for it. */
  INHERITED(8, "its thread was made by one that served the transaction"),
  /** The program said so. */
  PROGRAM(9, "the program said that its thread works for the transaction"),
  /** It went on after something else. */
  RESUMED(10, "its thread had come to the transaction earlier, and gone on with it"),
  /** What it opened is shared by design. */
  SHARED(11, "the JDK shares it between all who use it, whoever opens it first");

  private static final Cause[] BY_CODE = values();

  private final int code;
  private final String sentence;

  Cause(int code, String sentence) {
    this.code = code;
    this.sentence = sentence;
  }

  /** Number on disk, from 0. */
  public int code() {
    return code;
  }

  /** As it is told to people. */
  public String sentence() {
    return sentence;
  }

  /** The cause of a code; {@link #UNKNOWN} for one that there is not. */
  static Cause ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
  }
}
