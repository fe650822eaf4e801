package org.quicksilver.agent.instrument;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Advice on the stages of {@code CompletableFuture}: a stage is the work of who registered it,
 * whichever thread completes what it waits for.
 */
final class StageAdvice {
  private StageAdvice() {}

  /** {@code UniCompletion.<init>}: under all stages that wait. */
  static final class Made {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self) {
      QuicksilverBridge.current.taskSubmitted(self);
    }
  }

  /**
   * {@code tryFire(int)}: may come too early, and then comes again; a stage that is over has let go
   * of what depends on it.
   */
  static final class Fire {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.This Object self, @Advice.Argument(0) int mode) {
      return QuicksilverBridge.current.enterStage(self, mode);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object self,
        @Advice.Enter @Nullable Object before,
        @Advice.FieldValue("dep") @Nullable Object dependent) {
      if (before != null) {
        QuicksilverBridge.current.leaveStage(self, before, dependent == null);
      }
    }
  }
}
