package org.quicksilver.agent.track;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;
import org.quicksilver.transaction.TransactionId;

/**
 * For whom each thread works: as intercepted calls tell, and as programs say that know of
 * transactions.
 *
 * <p>Runs on the application's threads, on any, under any lock: nothing here waits.
 */
public abstract class ThreadTracker extends QuicksilverBridge {

  final Branches branches;
  private final TrackerEvents events;
  private final ThreadLocal<ThreadContext> contexts;

  ThreadTracker(boolean stacks, Branches branches, TrackerEvents events) {
    super(stacks);
    this.branches = branches;
    this.events = events;
    this.contexts = ThreadContext.contexts(branches.process());
  }

  /** From now on nothing this thread does is tracked. */
  public void enterOwnWork() {
    context().ownWork++;
  }

  /** Ends what {@link #enterOwnWork} began. */
  public void leaveOwnWork() {
    context().ownWork--;
  }

  final ThreadContext context() {
    ThreadContext context = contexts.get();
    context.settle(branches.process());
    return context;
  }

  /**
   * The branch this thread works for; the process's if that has ended or what is opened is shared
   * by design.
   */
  final Branch current(ThreadContext context) {
    Branch branch = context.branch;
    return context.processScope > 0 || branch.ended() ? branches.process() : branch;
  }

  @Override
  public void waitingForWork() {
    context().branch = branches.process();
  }

  @Override
  public void taskSubmitted(@Nullable Object task) {
    ThreadContext context = context();
    Branch branch = context.branch;
    if (task != null && branch != branches.process() && !branch.ended() && context.ownWork == 0) {
      branches.tasks().put(task, branch);
    }
  }

  @Override
  public void taskTaken(@Nullable Object task) {
    Branch branch = task == null ? null : branches.tasks().take(task);
    context().branch = branch == null ? branches.process() : branch;
  }

  @Override
  public @Nullable Object enterTask(Object task) {
    ThreadContext context = context();
    Branch before = context.branch;
    Branch branch = branches.tasks().take(task);
    context.branch = branch == null ? branches.process() : branch;
    return before;
  }

  @Override
  public void leaveTask(@Nullable Object before) {
    if (before instanceof Branch branch) {
      context().branch = branch;
    }
  }

  @Override
  public void enterProcessScope() {
    context().processScope++;
  }

  @Override
  public void leaveProcessScope() {
    context().processScope--;
  }

  @Override
  public int incarnation() {
    return branches.process().transaction().incarnation();
  }

  @Override
  public long[] newTransaction() {
    return numbers(branches.begin(Branch.Origin.PROGRAM).transaction());
  }

  private static long[] numbers(TransactionId id) {
    return new long[] {id.node(), id.incarnation(), id.sequence()};
  }

  @Override
  public @Nullable Object enterTransaction(long node, int incarnation, long sequence) {
    ThreadContext context = context();
    Branch before = context.branch;
    context.branch = branches.adopt(new TransactionId(node, incarnation, sequence));
    return before;
  }

  @Override
  public void leaveTransaction(@Nullable Object before) {
    leaveTask(before);
  }

  @Override
  public long @Nullable [] currentTransaction() {
    Branch branch = current(context());
    return branch == branches.process() ? null : numbers(branch.transaction());
  }

  @Override
  public void sendToNode(byte[] frame) {
    events.programSays(frame);
  }

  @Override
  public void receiveFromNode(Consumer<byte[]> received, Runnable connected) {
    events.programListens(received, connected);
  }
}
