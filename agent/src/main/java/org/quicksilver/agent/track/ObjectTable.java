package org.quicksilver.agent.track;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open handles that have no descriptor of their own, by their object. Thread-safe; each lock is
 * held for a few probes or for making one small part larger.
 *
 * <p>A hash table in many parts, whose sizes differ so that there is always a part about to grow
 * and never many: the millionth handle waits no longer than the first, where one table would be
 * made anew at once. Probed one by one and without nodes: half the memory, and the collector has no
 * old chains to look through for what was just added.
 */
final class ObjectTable {

  private static final int PARTS = 1 << 8;
  private static final int PART_SHIFT = 8;

  /** Bits of an identity hash, which is never negative, above those that choose the part. */
  private static final int HOME_BITS = 31 - PART_SHIFT;

  private static final int SMALLEST = 8;

  private final Part[] parts = new Part[PARTS];

  ObjectTable() {
    for (int i = 0; i < PARTS; i++) {
      parts[i] = new Part(SMALLEST + i * SMALLEST / PARTS);
    }
  }

  /** Adds one that is not in here. Several may have the same object. */
  void put(ObjectHandle handle) {
    part(handle.hash).put(handle);
  }

  /** One with that object. */
  @Nullable ObjectHandle find(Object object) {
    int hash = System.identityHashCode(object);
    return part(hash).find(object, hash);
  }

  /**
   * Takes one out.
   *
   * @return false if it is not in here
   */
  boolean remove(ObjectHandle handle) {
    return part(handle.hash).remove(handle);
  }

  /** Calls back for each, holding no lock; those added or removed meanwhile may be missing. */
  void forEach(Consumer<? super ObjectHandle> consumer) {
    for (Part part : parts) {
      for (ObjectHandle handle : part.snapshot()) {
        if (handle != null) {
          consumer.accept(handle);
        }
      }
    }
  }

  private Part part(int hash) {
    return parts[hash & PARTS - 1];
  }

  /**
   * What is changed is changed without a call in between: a stack may overflow at any, and would
   * leave one in here twice.
   */
  private static final class Part {
    private static final @Nullable ObjectHandle[] NONE = {};

    private final int first;
    private @Nullable ObjectHandle[] handles = NONE;
    private int count;

    Part(int first) {
      this.first = first;
    }

    synchronized void put(ObjectHandle handle) {
      if (count >= handles.length - (handles.length >> 2)) {
        grow();
      }
      handles[vacancy(handles, handle.hash)] = handle;
      count++;
    }

    private void grow() {
      @Nullable ObjectHandle[] grown = new ObjectHandle[Math.max(first, handles.length * 2)];
      for (ObjectHandle handle : handles) {
        if (handle != null) {
          grown[vacancy(grown, handle.hash)] = handle;
        }
      }
      handles = grown;
    }

    private static int vacancy(@Nullable ObjectHandle[] in, int hash) {
      int at = home(hash, in.length);
      while (in[at] != null) {
        at = at + 1 == in.length ? 0 : at + 1;
      }
      return at;
    }

    private static int home(int hash, int length) {
      return (int) ((hash >>> PART_SHIFT) * (long) length >>> HOME_BITS);
    }

    synchronized @Nullable ObjectHandle find(Object object, int hash) {
      if (count == 0) {
        return null;
      }
      int at = home(hash, handles.length);
      for (ObjectHandle met = handles[at]; met != null; met = handles[at]) {
        if (met.hash == hash && met.refersTo(object)) {
          return met;
        }
        at = at + 1 == handles.length ? 0 : at + 1;
      }
      return null;
    }

    synchronized boolean remove(ObjectHandle handle) {
      if (count == 0) {
        return false;
      }
      int at = home(handle.hash, handles.length);
      for (ObjectHandle met = handles[at]; met != handle; met = handles[at]) {
        if (met == null) {
          return false;
        }
        at = at + 1 == handles.length ? 0 : at + 1;
      }
      vacate(at);
      return true;
    }

    /** Those behind that were put off by the one that leaves move up. */
    private void vacate(int leaving) {
      int gap = leaving;
      int at = gap + 1 == handles.length ? 0 : gap + 1;
      for (ObjectHandle next = handles[at]; next != null; next = handles[at]) {
        int home = (int) ((next.hash >>> PART_SHIFT) * (long) handles.length >>> HOME_BITS);
        boolean behindTheGap = gap < at ? gap < home && home <= at : gap < home || home <= at;
        if (!behindTheGap) {
          handles[gap] = next;
          gap = at;
        }
        at = at + 1 == handles.length ? 0 : at + 1;
      }
      handles[gap] = null;
      count--;
    }

    synchronized @Nullable ObjectHandle[] snapshot() {
      return count == 0 ? NONE : handles.clone();
    }
  }
}
