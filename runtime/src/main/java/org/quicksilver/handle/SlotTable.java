package org.quicksilver.handle;

import static org.quicksilver.handle.Breadcrumbs.DESCRIPTOR_SLOTS;
import static org.quicksilver.handle.Breadcrumbs.OTHER_SLOTS;
import static org.quicksilver.handle.Breadcrumbs.SLOTS_PER_SEGMENT;
import static org.quicksilver.handle.Breadcrumbs.SLOT_SHIFT;
import static org.quicksilver.handle.Breadcrumbs.SLOT_SIZE;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which slot of the file a handle gets. The slot of a descriptor is its number: no allocator, no
 * hash, no lock. What has no number gets one from a free list.
 */
final class SlotTable {

  private final SegmentFile file;
  private volatile Slot[] @Nullable [] ofDescriptors = {};
  private Slot[][] others = {};
  private int otherSegments;
  private int othersUsed;
  private int[] freeOthers = new int[16];
  private int freeOtherCount;

  SlotTable(SegmentFile file) {
    this.file = file;
  }

  /** The slot of a descriptor number, or null if the file cannot grow to hold it. */
  @Nullable Slot ofDescriptor(int descriptor) {
    int segment = descriptor >>> SLOT_SHIFT;
    Slot[] @Nullable [] slots = ofDescriptors;
    if (segment >= slots.length || slots[segment] == null) {
      slots = growDescriptors(segment);
    }
    Slot[] ofSegment = segment < slots.length ? slots[segment] : null;
    return ofSegment == null ? null : ofSegment[descriptor & SLOTS_PER_SEGMENT - 1];
  }

  private synchronized Slot[] @Nullable [] growDescriptors(int segment) {
    Slot[] @Nullable [] slots = ofDescriptors;
    if (segment < slots.length && slots[segment] != null) {
      return slots;
    }
    SegmentFile.Segment added = file.add(DESCRIPTOR_SLOTS, segment);
    if (added == null) {
      return slots;
    }
    slots = Arrays.copyOf(slots, Math.max(segment + 1, slots.length));
    slots[segment] = slotsOf(added, segment);
    ofDescriptors = slots;
    return slots;
  }

  private static Slot[] slotsOf(SegmentFile.Segment segment, int base) {
    Slot[] slots = new Slot[SLOTS_PER_SEGMENT];
    int firstNumber = segment.number() * SLOTS_PER_SEGMENT;
    int firstIndex = base * SLOTS_PER_SEGMENT;
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Slot(segment.bytes(), i * SLOT_SIZE, firstNumber + i, firstIndex + i);
    }
    return slots;
  }

  /** A free slot of those without a descriptor number, or null if the file cannot grow. */
  synchronized @Nullable Slot take() {
    if (freeOtherCount > 0) {
      return other(freeOthers[--freeOtherCount]);
    }
    if (othersUsed == otherSegments * SLOTS_PER_SEGMENT && !growOthers()) {
      return null;
    }
    return other(othersUsed++);
  }

  /** Takes a slot back that {@link #take} gave. */
  synchronized void giveBack(Slot slot) {
    if (freeOtherCount == freeOthers.length) {
      freeOthers = Arrays.copyOf(freeOthers, freeOthers.length * 2);
    }
    freeOthers[freeOtherCount++] = slot.index();
  }

  private boolean growOthers() {
    int count = otherSegments;
    SegmentFile.Segment added = file.add(OTHER_SLOTS, count);
    if (added == null) {
      return false;
    }
    if (count == others.length) {
      others = Arrays.copyOf(others, Math.max(16, 2 * count));
    }
    others[count] = slotsOf(added, count);
    otherSegments = count + 1;
    return true;
  }

  private Slot other(int index) {
    return others[index >>> SLOT_SHIFT][index & SLOTS_PER_SEGMENT - 1];
  }
}
