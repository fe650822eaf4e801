package org.quicksilver.agent.instrument;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Advice on executors, the event queue, windows and child processes. Inlined; each is one call into
 * the bridge.
 */
final class TaskAdvice {
  private TaskAdvice() {}

  /**
   * {@code ThreadPoolExecutor.execute}, {@code ScheduledThreadPoolExecutor.delayedExecute}: the
   * funnels of submission.
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

  /** Constructors of {@code InvocationEvent}. */
  static final class Event {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self) {
      QuicksilverBridge.current.taskSubmitted(self);
    }
  }

  /** {@code InvocationEvent.dispatch()}; a modal dialog dispatches others inside of it. */
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
