package org.quicksilver.agent.track;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.security.PrivilegedAction;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of {@link LinkedBlockingQueue}, and the class that is defined beside them: one that
 * says for whom its element is. {@code java.util.concurrent} must have been opened to our module.
 * Called under the lock of a queue.
 */
final class QueueNodes {

  private static final String NAME = "java.util.concurrent.QuicksilverNode";
  private static final Class<?> MARKED = Privileged.run(new Definition());
  private static final MethodHandle MAKE = Privileged.run(new Constructor());
  private static final VarHandle MARK = JdkAccess.field(MARKED, "mark", Object.class);
  private static final VarHandle ITEM =
      JdkAccess.field(MARKED.getSuperclass(), "item", Object.class);

  private QueueNodes() {}

  private static final class Definition implements PrivilegedAction<Class<?>> {
    @Override
    public Class<?> run() {
      try {
        return JdkNeighbor.define(NAME, LinkedBlockingQueue.class);
      } catch (IOException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  private static final class Constructor implements PrivilegedAction<MethodHandle> {
    @Override
    public MethodHandle run() {
      MethodType made = MethodType.methodType(void.class, Object.class, Object.class);
      try {
        return MethodHandles.privateLookupIn(MARKED, MethodHandles.lookup())
            .findConstructor(MARKED, made)
            .asType(made.changeReturnType(Object.class));
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** Whether an element of a queue is something to be done: not a thread, and not done already. */
  static boolean isTask(@Nullable Object element) {
    if (element instanceof Runnable) {
      boolean isDone = element.getClass() == FutureTask.class && ((FutureTask<?>) element).isDone();
      return !isDone && !(element instanceof Thread);
    }
    return element instanceof Callable;
  }

  /** The node to take in place of a new one: one with the same element that is marked. */
  static Object marked(Object node, Branch branch) {
    try {
      return (Object) MAKE.invokeExact((Object) ITEM.get(node), (Object) branch);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** For whom the element of a node was, once. */
  static @Nullable Branch take(Object node) {
    if (!MARKED.isInstance(node)) {
      return null;
    }
    // An agent that was here before has classes of its own.
    Branch branch = MARK.get(node) instanceof Branch known ? known : null;
    MARK.set(node, null);
    return branch;
  }
}
