package org.quicksilver.agent.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * Where work goes from thread to thread: each way that a task is handed over in has one place where
 * it is given and one where it is taken up. All belong to the family {@code executor}, but for the
 * event queue.
 */
final class TaskHooks {

  private static final String EXECUTOR = "executor";
  private static final String CONCURRENT = "java/util/concurrent/";

  /**
   * In the JDK; see {@link LibraryHooks}, {@link ServletHooks}, {@link NettyHooks} and {@link
   * ClientHooks} for others.
   */
  static final List<Hook> JDK = jdk();

  private TaskHooks() {}

  private static List<Hook> jdk() {
    List<Hook> hooks = new ArrayList<>();
    pools(hooks);
    forkJoin(hooks);
    for (String stage : Stages.NAMES) {
      hooks.add(hook("CompletableFuture$" + stage, "tryFire", 1, "StageAdvice$Fire"));
    }
    hooks.add(hook("CompletableFuture$UniCompletion", "<init>", 3, "StageAdvice$Made"));
    timers(hooks);
    asynchronous(hooks);
    String event = "java/awt/event/InvocationEvent";
    hooks.add(new Hook("window", event, List.of("<init>"), 6, "TaskAdvice$Event"));
    hooks.add(new Hook("window", event, List.of("dispatch"), 0, "TaskAdvice$Dispatch"));
    return List.copyOf(hooks);
  }

  private static void pools(List<Hook> hooks) {
    hooks.add(hook("ThreadPoolExecutor", "execute", 1, "TaskAdvice$Execute"));
    hooks.add(hook("ThreadPoolExecutor", "addWorker", 2, "TaskAdvice$AddWorker"));
    hooks.add(hook("ThreadPoolExecutor", "reject", 1, "TaskAdvice$Reject"));
    hooks.add(hook("ThreadPoolExecutor", "getTask", 0, "TaskAdvice$PoolTake"));
    hooks.add(hook("ThreadPoolExecutor$Worker", "run", 0, "TaskAdvice$First"));
    hooks.add(hook("LinkedBlockingQueue", "enqueue", 1, "TaskAdvice$Enqueue"));
    hooks.add(hook("LinkedBlockingQueue", "dequeue", 0, "TaskAdvice$Dequeue"));
    hooks.add(hook("LinkedBlockingQueue", "drainTo", 2, "TaskAdvice$Drained"));
    queue(hooks, "ArrayBlockingQueue", 1, List.of("enqueue"), List.of("dequeue"));
    queue(hooks, "PriorityBlockingQueue", 1, List.of("offer"), List.of("dequeue"));
    queue(hooks, "DelayQueue", 1, List.of("offer"), List.of("take", "poll"));
    queue(
        hooks,
        "LinkedBlockingDeque",
        Hook.ANY,
        List.of("offerFirst", "offerLast", "putFirst", "putLast"),
        List.of("unlinkFirst", "unlinkLast"));
    hooks.add(
        new Hook(
            EXECUTOR,
            CONCURRENT + "ScheduledThreadPoolExecutor",
            List.of("delayedExecute", "reExecutePeriodic"),
            1,
            "TaskAdvice$Submit"));
  }

  /** One whose elements are known by themselves; by which methods all others put and take them. */
  private static void queue(
      List<Hook> hooks, String type, int putArity, List<String> put, List<String> take) {
    String queue = CONCURRENT + type;
    hooks.add(new Hook(EXECUTOR, queue, put, putArity, "TaskAdvice$EnqueueElement"));
    hooks.add(new Hook(EXECUTOR, queue, take, Hook.ANY, "TaskAdvice$DequeueElement"));
    hooks.add(hook(type, "drainTo", 2, "TaskAdvice$Drained"));
  }

  /**
   * {@code push} and {@code lockedPush} are under every {@code fork}, {@code submit} and {@code
   * execute}, {@code doExec} under every way of doing a task. What is done at once without having
   * been pushed is told of by {@code invoke}.
   */
  private static void forkJoin(List<Hook> hooks) {
    hooks.add(
        new Hook(
            EXECUTOR,
            CONCURRENT + "ForkJoinPool$WorkQueue",
            List.of("push", "lockedPush"),
            Hook.ANY,
            "TaskAdvice$Submit"));
    hooks.add(hook("ForkJoinTask", "doExec", 0, "TaskAdvice$Dispatch"));
    hooks.add(
        new Hook(
            EXECUTOR,
            CONCURRENT + "ForkJoinTask",
            List.of("invoke", "quietlyInvoke"),
            0,
            "TaskAdvice$Invoke"));
    hooks.add(hook("ForkJoinTask", "invokeAll", 2, "TaskAdvice$Submit"));
    hooks.add(hook("ForkJoinTask", "invokeAll", 1, "TaskAdvice$InvokeAll"));
    // Came with 25; on the others there is no such class.
    hooks.add(hook("DelayScheduler", "pend", 1, "TaskAdvice$Submit"));
  }

  private static void timers(List<Hook> hooks) {
    hooks.add(Hook.hook(EXECUTOR, "java/util/Timer", "sched", 3, "TaskAdvice$Submit"));
    hooks.add(Hook.hook(EXECUTOR, "java/util/TaskQueue", "getMin", 0, "TaskAdvice$TimerLooks"));
  }

  private static void asynchronous(List<Hook> hooks) {
    String channel = "sun/nio/ch/UnixAsynchronousSocketChannelImpl";
    hooks.add(Hook.hook(EXECUTOR, channel, "implRead", 7, "AsyncAdvice$Read"));
    hooks.add(Hook.hook(EXECUTOR, channel, "implWrite", 7, "AsyncAdvice$Other"));
    hooks.add(Hook.hook(EXECUTOR, channel, "implConnect", 3, "AsyncAdvice$Other"));
    hooks.add(
        new Hook(
            EXECUTOR,
            channel,
            List.of("finishRead", "finishWrite", "finishConnect"),
            1,
            "AsyncAdvice$Finish"));
    hooks.add(
        new Hook(
            EXECUTOR,
            "sun/nio/ch/UnixAsynchronousServerSocketChannelImpl",
            List.of("implAccept", "onEvent"),
            2,
            "TaskAdvice$Around"));
    String group = "sun/nio/ch/AsynchronousChannelGroupImpl";
    hooks.add(Hook.hook(EXECUTOR, group, "offerTask", 1, "TaskAdvice$Submit"));
    hooks.add(Hook.hook(EXECUTOR, group, "pollTask", 0, "TaskAdvice$Take"));
  }

  private static Hook hook(String type, String method, int arity, String advice) {
    return Hook.hook(EXECUTOR, CONCURRENT + type, method, arity, advice);
  }

  static Hook task(String type, int arity, String advice, String... methods) {
    return new Hook(EXECUTOR, type, List.of(methods), arity, "TaskAdvice$" + advice);
  }

  /** Several share a connection at the same time, and the library knows which is which. */
  static Hook request(String type, int arity, String advice, String... methods) {
    return new Hook(EXECUTOR, type, List.of(methods), arity, "RequestAdvice$" + advice);
  }

  /** What is done is an object of this class: whoever makes it hands it over. */
  static Hook made(String type) {
    return new Hook(EXECUTOR, type, List.of("<init>"), Hook.ANY, "TaskAdvice$Event");
  }

  /** And it is done here. */
  static Hook resumed(String type, String method, int arity) {
    return new Hook(EXECUTOR, type, List.of(method), arity, "TaskAdvice$Dispatch");
  }

  /** The stages of {@code CompletableFuture} that wait for others. */
  private static final class Stages {
    static final List<String> NAMES =
        List.of(
            "UniApply",
            "UniAccept",
            "UniRun",
            "UniWhenComplete",
            "UniHandle",
            "UniExceptionally",
            "UniComposeExceptionally",
            "UniRelay",
            "UniCompose",
            "BiApply",
            "BiAccept",
            "BiRun",
            "BiRelay",
            "OrApply",
            "OrAccept",
            "OrRun");
  }
}
