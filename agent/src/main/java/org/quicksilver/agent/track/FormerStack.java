package org.quicksilver.agent.track;

/**
 * Stands for the stack of a handle whose own was not recorded: that with which its thread opened
 * another before, see {@link StackBudget}.
 */
final class FormerStack extends Throwable {

  private static final long serialVersionUID = 1;

  /** The first line where it is shown, in the form of a frame. */
  static final String MARK =
      "org.quicksilver.agent.StackBudget.other(opened by this thread before)";

  private final transient Throwable other;

  FormerStack(Throwable other) {
    super(MARK, null, false, /* writableStackTrace= */ false);
    this.other = other;
  }

  /** That of the other. */
  @Override
  public StackTraceElement[] getStackTrace() {
    return other.getStackTrace();
  }
}
