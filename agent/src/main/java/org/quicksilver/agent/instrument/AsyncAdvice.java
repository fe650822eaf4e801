package org.quicksilver.agent.instrument;

import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Advice on asynchronous sockets: for whom completion handlers work. They are called by the thread
 * that began the operation, by one that waits for events, or by one of the group's pool.
 */
final class AsyncAdvice {
  private AsyncAdvice() {}

  /** {@code implRead}: without a handler somebody waits for the result, and works with it. */
  static final class Read {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Advice.This Object self,
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.Argument(6) @Nullable Object handler) {
      return QuicksilverBridge.current.enterOperation(self, descriptor, true, handler != null);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** {@code implWrite}, {@code implConnect}. */
  static final class Other {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Advice.This Object self, @Advice.FieldValue("fd") FileDescriptor descriptor) {
      return QuicksilverBridge.current.enterOperation(self, descriptor, false, true);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /**
   * {@code finishRead}, {@code finishWrite}, {@code finishConnect}: call handlers or hand them on.
   */
  static final class Finish {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Advice.This Object self, @Advice.FieldValue("fd") FileDescriptor descriptor) {
      return QuicksilverBridge.current.enterCompletion(self, descriptor);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }
}
