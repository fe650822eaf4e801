package org.quicksilver.agent.track;

import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.Slot;

/** A handle without a descriptor of its own: known by its object, and by numbers that say more. */
final class ObjectHandle extends Handle {

  /** The identity hash of its object, which may be gone. */
  final int hash;

  private long extra;

  ObjectHandle(Opening opening, @Nullable Slot slot, ReferenceQueue<Object> collected) {
    super(opening, slot, -1, collected);
    this.extra = opening.extra();
    this.hash = System.identityHashCode(opening.object());
  }

  @Override
  public long extra() {
    return extra;
  }

  void extra(long value) {
    extra = value;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
