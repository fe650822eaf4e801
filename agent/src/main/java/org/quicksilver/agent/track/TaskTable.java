package org.quicksilver.agent.track;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * For whom a submitted task is to be done, by the task's identity. Holds tasks weakly: one that is
 * dropped unexecuted is forgotten. Tasks of the process transaction are not in it, so programs
 * without conversations pay one branch.
 */
final class TaskTable {

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object task, ReferenceQueue<Object> queue) {
      super(task, queue);
      this.hash = System.identityHashCode(task);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other == this;
    }
  }

  private record Probe(Object task) {
    @Override
    public int hashCode() {
      return System.identityHashCode(task);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.get() == task;
    }
  }

  private final ConcurrentHashMap<Object, Branch> branches = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  void put(Object task, Branch branch) {
    for (Object key = collected.poll(); key != null; key = collected.poll()) {
      branches.remove(key);
    }
    branches.put(new Key(task, collected), branch);
  }

  /** Whose task it is, once. */
  @Nullable Branch take(Object task) {
    return branches.isEmpty() ? null : branches.remove(new Probe(task));
  }
}
