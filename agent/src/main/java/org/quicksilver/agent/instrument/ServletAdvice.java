package org.quicksilver.agent.instrument;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Advice on requests that are suspended, and gone on with when anybody says so: one call into the
 * bridge each. Inlined.
 */
final class ServletAdvice {
  private ServletAdvice() {}

  /** This request is suspended by who does it. */
  static final class Suspended {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object self) {
      QuicksilverBridge.current.taskKept(self);
    }
  }

  /** The same at the end of its constructor. */
  static final class Made {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self) {
      QuicksilverBridge.current.taskKept(self);
    }
  }

  /** It is over: the object is used for the next. */
  static final class Recycled {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object self) {
      QuicksilverBridge.current.taskOver(self);
    }
  }

  /** Methods of Tomcat that go on with what it has in this field, or hand that over. */
  static final class OfMachine {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Advice.FieldValue("asyncStateMachine") @Nullable Object request) {
      return request == null ? null : QuicksilverBridge.current.enterAgain(request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }

  /** The same of Jetty. */
  static final class OfState {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.FieldValue("_state") @Nullable Object request) {
      return request == null ? null : QuicksilverBridge.current.enterAgain(request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }
}
