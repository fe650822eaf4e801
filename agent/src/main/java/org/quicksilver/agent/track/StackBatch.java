package org.quicksilver.agent.track;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders many recorded stacks, each different one once. For one thread, and for a moment: what it
 * remembers keeps classes alive.
 *
 * <p>What the JVM recorded in a {@code Throwable} are arrays of methods, positions and classes, and
 * all that is ever told of it is computed from them: equal ones are equal stacks, whatever the
 * JVM's arrays mean. To compare them costs a tenth of computing the frames.
 */
final class StackBatch {

  private static final @Nullable VarHandle RECORDED = recorded();

  private final Map<Recorded, String> texts = new HashMap<>();

  private record Recorded(Object[] arrays) {
    @Override
    public int hashCode() {
      return Arrays.deepHashCode(arrays);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Recorded same && Arrays.deepEquals(arrays, same.arrays);
    }
  }

  /** Null on a JVM that keeps it elsewhere: then the frames are computed each time. */
  private static @Nullable VarHandle recorded() {
    try {
      return MethodHandles.privateLookupIn(Throwable.class, MethodHandles.lookup())
          .findVarHandle(Throwable.class, "backtrace", Object.class);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  /** As {@link Stacks#render} does. */
  String render(Throwable stack) {
    if (RECORDED == null || !(RECORDED.get(stack) instanceof Object[] arrays)) {
      return Stacks.render(stack);
    }
    Recorded recorded = new Recorded(arrays);
    String known = texts.get(recorded);
    if (known == null) {
      known = Stacks.render(stack);
      texts.put(recorded, known);
    }
    return known;
  }
}
