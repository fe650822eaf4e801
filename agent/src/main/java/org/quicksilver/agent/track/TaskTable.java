package org.quicksilver.agent.track;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * For whom a task is to be done, by the task's identity. Holds tasks weakly: one that is dropped
 * unexecuted is forgotten. Tasks of the process transaction are not in it, so programs without
 * conversations pay one branch.
 *
 * <p>Four places for each value of a hash, beside one another in memory: one allocation and one
 * compare-and-set for a task, no lock, and what the collector has cleared is a free place again.
 * What finds all four taken goes into a hash table. Thread-safe; nothing here waits.
 */
final class TaskTable {

  private static final int PLACES = 4;
  private static final int MASK = (1 << 13) - PLACES;

  private static final class Entry extends WeakReference<Object> {
    private final Branch branch;
    private final int times;

    Entry(Object task, Branch branch, int times) {
      super(task);
      this.branch = branch;
      this.times = times;
    }

    /** What is left when it has been taken once more; null if that was the last time. */
    @Nullable Entry butOnce(Object task) {
      return times == 1 ? null : new Entry(task, branch, times - 1);
    }
  }

  /** An object by its identity, kept weakly; only a {@link Probe} of that finds it. */
  static final class Key extends WeakReference<Object> {
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

  /** An object that is looked for. */
  record Probe(Object task) {
    @Override
    public int hashCode() {
      return System.identityHashCode(task);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.refersTo(task);
    }
  }

  private final AtomicReferenceArray<@Nullable Entry> places =
      new AtomicReferenceArray<>(MASK + PLACES);
  private final ConcurrentHashMap<Object, Branch> others = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
  // Never false again, and not volatile: who sees it late has not been handed the task yet.
  private boolean used;
  private volatile boolean overflowed;

  /** Says whose task it is; a later word counts. */
  void put(Object task, Branch branch) {
    put(task, branch, false);
  }

  /**
   * Says whose task it is once more: it is done as often, and may be for somebody else each time.
   */
  void add(Object task, Branch branch) {
    put(task, branch, true);
  }

  private void put(Object task, Branch branch, boolean again) {
    if (!used) {
      used = true;
    }
    if (!again && overflowed) {
      others.remove(new Probe(task));
    }
    // Without a look at it first, which would fetch the line from another processor twice.
    int first = first(task);
    if (places.compareAndSet(first, null, new Entry(task, branch, 1))) {
      if (!again) {
        forget(task, first + 1, first + PLACES);
      }
    } else if (!isKnown(task, branch, first, again) && !isPlaced(task, branch, first)) {
      putAside(task, branch);
    }
  }

  /** It was handed over before, and never done. */
  private void forget(Object task, int from, int to) {
    for (int i = from; i < to; i++) {
      Entry entry = places.get(i);
      if (entry != null && entry.refersTo(task)) {
        places.compareAndSet(i, entry, null);
      }
    }
  }

  private boolean isKnown(Object task, Branch branch, int first, boolean again) {
    for (int i = first; i < first + PLACES; i++) {
      for (Entry entry = places.get(i);
          entry != null && entry.refersTo(task) && (!again || entry.branch == branch);
          entry = places.get(i)) {
        if (places.compareAndSet(i, entry, new Entry(task, branch, again ? entry.times + 1 : 1))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isPlaced(Object task, Branch branch, int first) {
    for (int i = first; i < first + PLACES; i++) {
      Entry before = places.get(i);
      boolean isFree = before == null || before.refersTo(null);
      if (isFree && places.compareAndSet(i, before, new Entry(task, branch, 1))) {
        return true;
      }
    }
    return false;
  }

  private void putAside(Object task, Branch branch) {
    for (Reference<?> key = collected.poll(); key != null; key = collected.poll()) {
      others.remove(key);
    }
    others.remove(new Probe(task));
    others.put(new Key(task, collected), branch);
    overflowed = true;
  }

  private static int first(Object task) {
    return System.identityHashCode(task) & MASK;
  }

  /** Whose task it is, once. */
  @Nullable Branch take(Object task) {
    if (!used) {
      return null;
    }
    int first = first(task);
    for (int i = first; i < first + PLACES; i++) {
      for (Entry entry = places.get(i);
          entry != null && entry.refersTo(task);
          entry = places.get(i)) {
        if (places.compareAndSet(i, entry, entry.butOnce(task))) {
          return entry.branch;
        }
      }
    }
    return overflowed ? others.remove(new Probe(task)) : null;
  }

  /** Whose task it is; it stays so. */
  @Nullable Branch find(Object task) {
    if (!used) {
      return null;
    }
    int first = first(task);
    for (int i = first; i < first + PLACES; i++) {
      Entry entry = places.get(i);
      if (entry != null && entry.refersTo(task)) {
        return entry.branch;
      }
    }
    return overflowed ? others.get(new Probe(task)) : null;
  }
}
