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
 * <p>Eight places for each value of a hash, beside one another in memory: one allocation and one
 * compare-and-set for a task, no lock, and what the collector has cleared is a free place again.
 * What finds all eight taken goes into a hash table. Thread-safe; nothing here waits.
 */
final class TaskTable {

  private static final int PLACES = 8;
  private static final int MASK = (1 << 12) - PLACES;

  private static final class Entry extends WeakReference<Object> {
    private final Branch branch;

    Entry(Object task, Branch branch) {
      super(task);
      this.branch = branch;
    }
  }

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
    if (!used) {
      used = true;
    }
    int first = first(task);
    int free = -1;
    for (int i = first; i < first + PLACES; i++) {
      Entry entry = places.get(i);
      if (entry == null || entry.refersTo(null)) {
        free = free < 0 ? i : free;
      } else if (entry.refersTo(task)) {
        if (entry.branch == branch || places.compareAndSet(i, entry, new Entry(task, branch))) {
          return;
        }
      }
    }
    if (free < 0 || !occupy(free, new Entry(task, branch))) {
      putAside(task, branch);
    }
  }

  private boolean occupy(int place, Entry entry) {
    Entry before = places.get(place);
    return (before == null || before.refersTo(null)) && places.compareAndSet(place, before, entry);
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
      Entry entry = places.get(i);
      if (entry != null && entry.refersTo(task) && places.compareAndSet(i, entry, null)) {
        return entry.branch;
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
