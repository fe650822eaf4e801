package org.quicksilver.agent.track;

import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;
import org.quicksilver.handle.Cause;
import org.quicksilver.transaction.TransactionId;

/**
 * For whom each thread works: as intercepted calls tell, and as programs say that know of
 * transactions.
 *
 * <p>Runs on the application's threads, on any, under any lock: nothing here waits.
 */
public abstract class ThreadTracker extends QuicksilverBridge {

  final Branches branches;
  final TrackerEvents events;
  private final ThreadLocal<ThreadContext> contexts;
  private final int sample;
  private @Nullable Runnable detachment;

  /**
   * Takes its parts.
   *
   * @param recording which stacks are recorded
   */
  ThreadTracker(Recording recording, Branches branches, TrackerEvents events) {
    super(recording.sample() > 0);
    this.sample = recording.sample();
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

  /** What is to be done when the agent is to leave. */
  public void whenDetached(Runnable leaving) {
    detachment = leaving;
  }

  @Override
  public void detach() {
    if (detachment != null) {
      detachment.run();
    }
  }

  /** Says whether the next handle has its stack recorded, whoever opens it. */
  final void sample(ThreadContext context) {
    if (sample > 1) {
      stacks = ++context.opened % sample == 0;
    }
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
    Branch heir = context.branch.heir();
    Branch branch = heir == null ? context.branch : heir;
    return context.processScope > 0 || branch.ended() ? branches.process() : branch;
  }

  @Override
  public void waitingForWork() {
    context().serve(branches.process(), Cause.PROCESS);
  }

  @Override
  public void selecting(@Nullable Object selector) {
    ThreadContext context = context();
    context.serve(branches.process(), Cause.PROCESS);
    context.selects = true;
  }

  @Override
  public void taskSubmitted(@Nullable Object task) {
    Branch branch = handingOver();
    if (task != null && branch != null) {
      branches.tasks().put(task, branch);
    }
  }

  @Override
  public void taskQueued(Object queue, @Nullable Object task) {
    if (!marksTasks(queue)) {
      add(task);
    }
  }

  /**
   * Whether each task is marked when it is put there, whoever does that: see {@link #enqueued},
   * {@link #elementEnqueued}.
   */
  private static boolean marksTasks(Object queue) {
    Class<?> type = queue.getClass();
    return type == LinkedBlockingQueue.class
        || type == ArrayBlockingQueue.class
        || type == PriorityBlockingQueue.class
        || type == LinkedBlockingDeque.class;
  }

  private void add(@Nullable Object task) {
    Branch branch = task == null ? null : handingOver();
    if (task != null && branch != null) {
      branches.tasks().add(task, branch);
    }
  }

  @Override
  public void firstTask(Object queue, @Nullable Object task) {
    if (marksTasks(queue)) {
      add(task);
    }
  }

  @Override
  public void noThreadFor(Object queue, @Nullable Object task) {
    if (task != null && marksTasks(queue)) {
      branches.tasks().take(task);
    }
  }

  /** Whom a task is for that this thread hands over; null if that is the process or ourselves. */
  private @Nullable Branch handingOver() {
    ThreadContext context = context();
    Branch branch = context.branch;
    boolean isMarked = branch != branches.process() && !branch.ended() && context.ownWork == 0;
    return isMarked ? branch : null;
  }

  @Override
  public void taskRejected(Object queue, Object task) {
    if (!marksTasks(queue)) {
      branches.tasks().take(task);
    }
  }

  @Override
  public @Nullable Object awaitsTask() {
    ThreadContext context = context();
    taskTaken(context, null);
    return context;
  }

  @Override
  public void taskTakenFrom(Object worker, Object queue, @Nullable Object task) {
    if (worker instanceof ThreadContext context) {
      if (marksTasks(queue)) {
        context.takesTasks = false;
      } else {
        taskTaken(context, task);
      }
    }
  }

  @Override
  public Object enqueued(Object node) {
    Branch branch = branches.everBegan() ? handingOver() : null;
    return branch == null ? node : QueueNodes.marked(node, branch);
  }

  /** Also what the process gives: it would be done for whoever gave the one before. */
  @Override
  public @Nullable Object carried(@Nullable Object task, boolean inside) {
    if (!branches.everBegan() || !(task instanceof Runnable runnable)) {
      return task;
    }
    Branch branch = handingOver();
    if (inside) {
      return new Carried(runnable, branch);
    }
    branches.tasks().put(task, branch == null ? branches.process() : branch);
    return task;
  }

  private final class Carried implements Runnable {
    private final Runnable task;
    private final @Nullable Branch branch;

    Carried(Runnable task, @Nullable Branch branch) {
      this.task = task;
      this.branch = branch;
    }

    @Override
    public void run() {
      ThreadContext context = context();
      Object before = context.now();
      inBetween(context, branch);
      try {
        task.run();
      } finally {
        leaveTask(before);
      }
    }
  }

  /** They may be of several. */
  @Override
  public void drained() {
    ThreadContext context = context();
    if (context.takesTasks) {
      context.serve(branches.process(), Cause.PROCESS);
    }
  }

  @Override
  public void dequeued(Object node, @Nullable Object element) {
    if (branches.everBegan()) {
      Branch branch = QueueNodes.take(node);
      if (QueueNodes.isTask(element)) {
        workOff(branch);
      } else {
        goOnWithData(branch);
      }
    }
  }

  @Override
  public void elementEnqueued(@Nullable Object element) {
    if (branches.everBegan() && QueueNodes.isTask(element)) {
      add(element);
    }
  }

  @Override
  public void elementDequeued(@Nullable Object element) {
    if (element != null && branches.everBegan()) {
      if (QueueNodes.isTask(element)) {
        workOff(branches.tasks().take(element));
      } else {
        goOnWithData(null);
      }
    }
  }

  private void workOff(@Nullable Branch branch) {
    ThreadContext context = context();
    if (context.worksOffTasks() && context.ownWork == 0) {
      work(context, branch, Cause.TASK);
      context.takesTasks = true;
    }
  }

  /**
   * A thread that was made for somebody, and to whom others hand data, is not his alone: for whom
   * data is to be worked on nobody can say, since an object pool is a queue, too.
   */
  private void goOnWithData(@Nullable Branch branch) {
    ThreadContext context = context();
    if (context.cause == Cause.INHERITED
        && (branch == null || branch.isOtherThan(context.branch))) {
      context.serve(branches.process(), Cause.PROCESS);
    }
  }

  /** Whoever takes a task may be told of it twice, by one method and by that which calls it. */
  @Override
  public void taskTaken(@Nullable Object task) {
    taskTaken(context(), task);
  }

  private void taskTaken(ThreadContext context, @Nullable Object task) {
    if (task == null) {
      context.taken = null;
      work(context, null, Cause.TASK);
    } else if (task != context.taken) {
      context.taken = task;
      work(context, branches.tasks().take(task), Cause.TASK);
    }
  }

  private void work(ThreadContext context, @Nullable Branch branch, Cause cause) {
    if (branch == null) {
      context.serve(branches.process(), Cause.PROCESS);
    } else {
      context.serve(branch, cause);
    }
    context.selects = false;
    context.takesTasks = false;
  }

  @Override
  public void pieceTaken(@Nullable Object piece) {
    Branch branch = piece == null ? null : branches.tasks().take(piece);
    if (branch != null) {
      context().serve(branch, Cause.TASK);
    }
  }

  @Override
  public void goOnWith(Object task) {
    Branch branch = branches.tasks().find(task);
    context().serve(branch == null ? branches.process() : branch, Cause.TASK);
  }

  @Override
  public Object enterEvents() {
    ThreadContext context = context();
    Object before = context.now();
    context.serve(branches.process(), Cause.PROCESS);
    context.selects = true;
    return before;
  }

  @Override
  public @Nullable Object enterTask(Object task) {
    ThreadContext context = context();
    if (task == context.taken) {
      return null;
    }
    Object before = context.now();
    inBetween(context, branches.tasks().take(task));
    return before;
  }

  /**
   * Works for somebody in the middle of something: what it takes from its queue after that, too.
   */
  private void inBetween(ThreadContext context, @Nullable Branch branch) {
    boolean takesTasks = context.takesTasks;
    work(context, branch, Cause.TASK);
    context.takesTasks = takesTasks;
  }

  @Override
  public @Nullable Object enterAgain(Object task) {
    Branch branch = branches.tasks().find(task);
    return branch == null ? null : enter(branch, Cause.TASK);
  }

  /** Also for the process: it would be done for whoever goes on with it. */
  @Override
  public void taskKept(Object task) {
    if (branches.everBegan()) {
      Branch branch = handingOver();
      branches.tasks().put(task, branch == null ? branches.process() : branch);
    }
  }

  @Override
  public @Nullable Object enterKept(Object task) {
    Branch known = branches.tasks().find(task);
    Branch branch = known == null ? branches.process() : known;
    Object before = enter(branch, branch == branches.process() ? Cause.PROCESS : Cause.TASK);
    context().selects = false;
    return before;
  }

  @Override
  public void taskOver(Object task) {
    branches.tasks().take(task);
  }

  /** Each but the first is forked, and told of there. */
  @Override
  public void tasksInvoked(@Nullable Object tasks) {
    if (tasks instanceof Object[] array) {
      taskSubmitted(array.length == 0 ? null : array[0]);
    } else if (tasks instanceof List<?> list && list instanceof RandomAccess) {
      taskSubmitted(list.isEmpty() ? null : list.get(0));
    }
  }

  /** Who schedules a task looks, too. */
  @Override
  public void timerTask(@Nullable Object task) {
    if (PoolThreads.isTimer(Thread.currentThread())) {
      work(context(), task == null ? null : branches.tasks().find(task), Cause.TIMER);
    }
  }

  /** One that is not known was registered by the process, or has been taken up as a task. */
  @Override
  public @Nullable Object enterStage(Object stage, int mode) {
    Branch branch = branches.tasks().find(stage);
    if (branch != null) {
      return enter(branch, Cause.STAGE);
    }
    boolean isTask = mode > 0;
    boolean isOthers = !isTask && context().branch != branches.process();
    return isOthers ? enter(branches.process(), Cause.PROCESS) : null;
  }

  final Object enter(Branch branch, Cause cause) {
    ThreadContext context = context();
    Object before = context.now();
    context.inflow = null;
    context.serve(branch, cause);
    return before;
  }

  @Override
  public void leaveStage(Object stage, @Nullable Object before, boolean done) {
    if (done) {
      branches.tasks().take(stage);
    }
    leaveTask(before);
  }

  @Override
  public Object enterOther() {
    return context().now();
  }

  @Override
  public void leaveTask(@Nullable Object before) {
    if (before != null) {
      context().goOn(before, branches.process());
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
    return enter(branches.adopt(new TransactionId(node, incarnation, sequence)), Cause.PROGRAM);
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
