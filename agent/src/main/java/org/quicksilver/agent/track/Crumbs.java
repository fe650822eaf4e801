package org.quicksilver.agent.track;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.BreadcrumbWriter;
import org.quicksilver.handle.Slot;
import org.quicksilver.transaction.TransactionId;

/**
 * What open handles leave in the breadcrumbs, where it survives the process. A handle has no slot
 * when all are taken: then nothing is left of it. Thread-safe; of one handle one thread at a time
 * moves it.
 */
final class Crumbs {

  private final BreadcrumbWriter breadcrumbs;

  Crumbs(BreadcrumbWriter breadcrumbs) {
    this.breadcrumbs = breadcrumbs;
  }

  /** That of a descriptor is always the same. */
  @Nullable Slot slotOfDescriptor(int descriptor) {
    return breadcrumbs.slotOfDescriptor(descriptor);
  }

  /** For a handle without a descriptor, until it is closed. */
  @Nullable Slot takeSlot() {
    return breadcrumbs.takeSlot();
  }

  /** Writes an opening down, before anybody else knows the handle. */
  void opened(Handle handle, TransactionId transaction, ThreadContext context) {
    Slot slot = handle.slot;
    if (slot == null) {
      return;
    }
    int generation =
        breadcrumbs.open(
            slot,
            handle.kind(),
            handle.accepted(),
            transaction,
            handle.openedAtMillis(),
            context.image(),
            handle.description(),
            handle.extra());
    handle.generation(generation);
    String trace = handle.trace();
    if (!trace.isEmpty()) {
      breadcrumbs.trace(slot, generation, Traces.high(trace), Traces.low(trace));
    }
  }

  /** Writes down whose it is now. */
  void moved(Handle handle, TransactionId transaction) {
    if (handle.slot != null) {
      synchronized (handle) {
        breadcrumbs.move(handle.slot, handle.generation(), transaction);
      }
    }
  }

  void described(Handle handle, byte[] what) {
    if (handle.slot != null) {
      breadcrumbs.describe(handle.slot, handle.generation(), what);
    }
  }

  /** Writes the numbers of its descriptors down. */
  void numbered(Handle handle, long packed) {
    if (handle.slot != null) {
      byte[] what = handle.what().getBytes(StandardCharsets.UTF_8);
      breadcrumbs.number(handle.slot, handle.generation(), what, packed);
    }
  }

  /** Writes its opening stack down, equal ones once. */
  void stack(Handle handle, String text) {
    if (handle.slot != null) {
      breadcrumbs.stack(handle.slot, handle.generation(), breadcrumbs.intern(text));
    }
  }

  void closed(Handle handle) {
    if (handle.slot != null) {
      breadcrumbs.close(handle.slot, handle.generation());
      if (handle.descriptor < 0) {
        breadcrumbs.giveBack(handle.slot);
      }
    }
  }
}
