package org.quicksilver.node;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Sees to it that a death is noticed: at once when the control channel closes, and by looking again
 * and again at those that are not dead yet. A closed channel is only the reason to look. Node
 * thread only.
 */
final class DeathWatch {

  /** A killed process needs some time to die; its channel may close first. */
  private static final Duration SOON = Duration.ofMillis(1);

  private static final int SOON_TIMES = 50;
  private static final Duration LATER = Duration.ofMillis(100);

  private final JvmTable jvms;
  private final NodeThread thread;
  private final Consumer<Jvm> onDeath;

  DeathWatch(JvmTable jvms, NodeThread thread, Consumer<Jvm> onDeath) {
    this.jvms = jvms;
    this.thread = thread;
    this.onDeath = onDeath;
  }

  /** The control channel of this JVM has closed. */
  void onDisconnected(Jvm jvm) {
    look(jvm, 0);
  }

  private void look(Jvm jvm, int times) {
    if (jvm.peer() != null || jvms.find(jvm.incarnation()) != jvm) {
      return;
    }
    if (DeathCheck.isDead(jvm)) {
      onDeath.accept(jvm);
    } else {
      thread.after(
          times < SOON_TIMES ? SOON : LATER,
          "look whether " + jvm + " is dead",
          () -> look(jvm, times + 1));
    }
  }

  /**
   * Looks at all: a descriptor that a child process inherited can keep the channel of a dead one
   * open.
   */
  void sweep() {
    for (Jvm jvm : jvms.living()) {
      if (DeathCheck.isDead(jvm)) {
        onDeath.accept(jvm);
      }
    }
  }
}
