package org.quicksilver.agent.instrument;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Deque;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Advice on executors, the event queue, windows and child processes. Inlined; each is one call into
 * the bridge.
 */
final class TaskAdvice {
  private TaskAdvice() {}

  /** {@code ThreadPoolExecutor.execute}. Called before anybody else can see the task. */
  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("workQueue") Object queue, @Advice.Argument(0) @Nullable Object task) {
      QuicksilverBridge.current.taskQueued(queue, task);
    }
  }

  /** {@code ThreadPoolExecutor.addWorker}. */
  static final class AddWorker {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("workQueue") Object queue, @Advice.Argument(0) @Nullable Object task) {
      QuicksilverBridge.current.firstTask(queue, task);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("workQueue") Object queue,
        @Advice.Argument(0) @Nullable Object task,
        @Advice.Return boolean isStarted) {
      if (!isStarted) {
        QuicksilverBridge.current.noThreadFor(queue, task);
      }
    }
  }

  /** {@code ThreadPoolExecutor.reject}: its handler may do the task, but here and now. */
  static final class Reject {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("workQueue") Object queue, @Advice.Argument(0) Object task) {
      QuicksilverBridge.current.taskRejected(queue, task);
    }
  }

  /**
   * {@code LinkedBlockingQueue.enqueue}: nobody has seen the node yet, so another can take its
   * place.
   */
  static final class Enqueue {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object node) {
      node = QuicksilverBridge.current.enqueued(node);
    }
  }

  /** {@code LinkedBlockingQueue.dequeue}: the node that was taken out is the head now. */
  static final class Dequeue {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("head") Object node, @Advice.Return @Nullable Object element) {
      QuicksilverBridge.current.dequeued(node, element);
    }
  }

  /**
   * The other funnels of submission: {@code ScheduledThreadPoolExecutor.delayedExecute}, {@code
   * ForkJoinPool$WorkQueue.push}, {@code Timer.sched} and their like. Called before anybody else
   * can see the task.
   */
  static final class Submit {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) @Nullable Object task) {
      QuicksilverBridge.current.taskSubmitted(task);
    }
  }

  /**
   * {@code ThreadPoolExecutor.getTask()}: called by a worker when its task is over, returns the
   * next.
   */
  static final class PoolTake {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter() {
      return QuicksilverBridge.current.awaitsTask();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Enter @Nullable Object worker,
        @Advice.FieldValue("workQueue") Object queue,
        @Advice.Return @Nullable Object task) {
      if (worker != null) {
        QuicksilverBridge.current.taskTakenFrom(worker, queue, task);
      }
    }
  }

  /** The same in pools of others. */
  static final class Take {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      QuicksilverBridge.current.taskTaken(null);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return @Nullable Object task) {
      QuicksilverBridge.current.taskTaken(task);
    }
  }

  /** {@code ThreadPoolExecutor$Worker.run()}: the first task of a worker comes with it. */
  static final class First {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("firstTask") @Nullable Object task) {
      QuicksilverBridge.current.taskTaken(task);
    }
  }

  /** What is given to an executor that does what several have given one after another. */
  static final class Carry {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object task) {
      task = QuicksilverBridge.current.carried(task, true);
    }
  }

  /** The same of the second argument. */
  static final class CarrySecond {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(value = 1, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object task) {
      task = QuicksilverBridge.current.carried(task, true);
    }
  }

  /** The same where others than lambdas may be asked for more than to run. */
  static final class CarryLambda {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
            Object task) {
      task = QuicksilverBridge.current.carried(task, task.getClass().isHidden());
    }
  }

  /** A loop takes a key that it has selected, and leaves it to others to read. */
  static final class Selected {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) @Nullable SelectionKey key) {
      if (key != null) {
        QuicksilverBridge.current.selected(key.channel());
      }
    }
  }

  /** {@code NioSocketConduit.handleReady()} of XNIO: its key has been selected. */
  static final class SelectedConduit {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("socketChannel") @Nullable SocketChannel channel) {
      QuicksilverBridge.current.selected(channel);
    }
  }

  /** Its key has been selected: returns what is to be done. */
  static final class SelectedSelf {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.FieldValue("_key") @Nullable SelectionKey key) {
      Object before = QuicksilverBridge.current.enterEvents();
      if (key != null) {
        QuicksilverBridge.current.selected(key.channel());
      }
      return before;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before, @Advice.Return @Nullable Object task) {
      QuicksilverBridge.current.taskSubmitted(task);
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** Begins with what has come over a channel, and may have been read before. */
  static final class Served {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) @Nullable Object channel) {
      QuicksilverBridge.current.served(channel);
    }
  }

  /**
   * What a thread does in between, and then goes on with what it did. Of asynchronous servers
   * {@code implAccept} and {@code onEvent}: a connection that is accepted in there is its handler's
   * business, not that of who asked for it.
   */
  static final class Around {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter() {
      return QuicksilverBridge.current.enterOther();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** {@code drainTo(Collection, int)} of blocking queues. */
  static final class Drained {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return int count) {
      if (count > 0) {
        QuicksilverBridge.current.drained();
      }
    }
  }

  /** {@code ArrayBlockingQueue.enqueue} and the like. */
  static final class EnqueueElement {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) @Nullable Object element) {
      QuicksilverBridge.current.elementEnqueued(element);
    }
  }

  /** {@code ArrayBlockingQueue.dequeue} and the like. */
  static final class DequeueElement {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return @Nullable Object element) {
      QuicksilverBridge.current.elementDequeued(element);
    }
  }

  /**
   * {@code Http1Exchange.getOutgoing()}: what is written next, by whichever thread finds it; it is
   * left with more to do before it returns.
   */
  static final class Piece {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue(value = "outgoing", typing = Assigner.Typing.DYNAMIC)
            Deque<?> outgoing) {
      QuicksilverBridge.current.pieceTaken(outgoing.peekFirst());
    }
  }

  /** Takes up what will be gone on with: until the same thread takes up another. */
  static final class GoOn {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object task) {
      QuicksilverBridge.current.goOnWith(task);
    }
  }

  /** The same of the object itself. */
  static final class GoOnSelf {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object self) {
      QuicksilverBridge.current.goOnWith(self);
    }
  }

  /** What is done for one of several connections, by a thread that then goes to the next. */
  static final class Events {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter() {
      return QuicksilverBridge.current.enterEvents();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** The same of a key that has been selected. */
  static final class EventsOf {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.Argument(0) @Nullable SelectionKey key) {
      Object before = QuicksilverBridge.current.enterEvents();
      if (key != null) {
        QuicksilverBridge.current.selected(key.channel());
      }
      return before;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** Methods of what is gone on with more than once. */
  static final class Again {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.This Object self) {
      return QuicksilverBridge.current.enterAgain(self);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** Methods that are given what is gone on with, or something that nobody knows. */
  static final class AgainWith {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.Argument(0) Object task) {
      return QuicksilverBridge.current.enterAgain(task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** Methods that are given for what they do something, whoever is in the middle of what. */
  static final class Kept {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.Argument(0) Object task) {
      return QuicksilverBridge.current.enterKept(task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** The same of the object itself. */
  static final class KeptSelf {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.This Object self) {
      return QuicksilverBridge.current.enterKept(self);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** {@code HttpSender$ContentSender} of Jetty, which knows the exchange, and is used again. */
  static final class KeptExchange {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.FieldValue("exchange") @Nullable Object exchange) {
      return exchange == null ? null : QuicksilverBridge.current.enterKept(exchange);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** {@code HttpSenderOverHTTP.sendContent()}: whoever is about to send anything sends this. */
  static final class KeptContent {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Advice.Argument(0) Object exchange, @Advice.FieldValue("contentCallback") Object sending) {
      Object before = QuicksilverBridge.current.enterKept(exchange);
      QuicksilverBridge.current.taskKept(sending);
      return before;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** Methods that are given what nobody goes on with any more. */
  static final class Over {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Object task) {
      QuicksilverBridge.current.taskOver(task);
    }
  }

  /** Constructors of what waits for a connection, and whom to give it to. */
  static final class HandlerKept {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("handler") @Nullable Object handler) {
      QuicksilverBridge.current.taskSubmitted(handler);
    }
  }

  /** Gives him the connection. */
  static final class HandlerCalled {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.FieldValue("handler") Object handler) {
      return QuicksilverBridge.current.enterTask(handler);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** Methods that do the task they are given. */
  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.Argument(0) Object task) {
      return QuicksilverBridge.current.enterTask(task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /**
   * {@code ForkJoinTask.invoke()}, {@code quietlyInvoke()}, done by the caller itself; other
   * methods of what is done later.
   */
  static final class Invoke {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object self) {
      QuicksilverBridge.current.taskSubmitted(self);
    }
  }

  /** {@code ForkJoinTask.invokeAll} of an array or a collection. */
  static final class InvokeAll {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) @Nullable Object tasks) {
      QuicksilverBridge.current.tasksInvoked(tasks);
    }
  }

  /** {@code TaskQueue.getMin()}: what a timer looks at before it does it or waits for its time. */
  static final class TimerLooks {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return @Nullable Object task) {
      QuicksilverBridge.current.timerTask(task);
    }
  }

  /**
   * Constructors of {@code InvocationEvent} and of other tasks; the end of those that come again.
   */
  static final class Event {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self) {
      QuicksilverBridge.current.taskSubmitted(self);
    }
  }

  /**
   * {@code InvocationEvent.dispatch()}, {@code ForkJoinTask.doExec()}: a modal dialog dispatches
   * others inside of it, and who joins a task does others.
   */
  static final class Dispatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.This Object self) {
      return QuicksilverBridge.current.enterTask(self);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** {@code Window.addNotify()}: frames and dialogs come through it. */
  static final class WindowOpen {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self) {
      QuicksilverBridge.current.windowOpened(self);
    }
  }

  /** {@code Window.removeNotify()}: the native window is gone; hiding it releases nothing. */
  static final class WindowClose {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self) {
      QuicksilverBridge.current.closedObject(self);
    }
  }

  /** The constructor of {@code ProcessImpl}. */
  static final class Start {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object self,
        @Advice.FieldValue("pid") int pid,
        @Advice.Argument(0) byte @Nullable [] program) {
      QuicksilverBridge.current.processStarted(self, pid, program);
    }
  }
}
