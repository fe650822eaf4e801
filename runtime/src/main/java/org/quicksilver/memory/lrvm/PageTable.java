package org.quicksilver.memory.lrvm;

import org.jspecify.annotations.Nullable;

/** Pages by segment and number. A recovery looks up one for each range: no boxes here. */
final class PageTable {

  private static final int SEGMENT_SHIFT = 44;

  private @Nullable TouchedPage[] slots = new TouchedPage[256];
  private int size;

  static long key(int segment, long offset) {
    return (long) segment << SEGMENT_SHIFT | offset / TouchedPage.SIZE;
  }

  static int segment(long key) {
    return (int) (key >>> SEGMENT_SHIFT);
  }

  static long offset(long key) {
    return (key & ((1L << SEGMENT_SHIFT) - 1)) * TouchedPage.SIZE;
  }

  /** The page of that key, a new one if there was none. */
  TouchedPage page(long key) {
    int at = slot(slots, key);
    TouchedPage page = slots[at];
    if (page == null) {
      page = new TouchedPage(key);
      slots[at] = page;
      if (++size * 2 > slots.length) {
        grow();
      }
    }
    return page;
  }

  private static int slot(@Nullable TouchedPage[] slots, long key) {
    int mask = slots.length - 1;
    int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    for (TouchedPage page = slots[at]; page != null && page.key() != key; page = slots[at]) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    @Nullable TouchedPage[] larger = new TouchedPage[slots.length * 2];
    for (TouchedPage page : slots) {
      if (page != null) {
        larger[slot(larger, page.key())] = page;
      }
    }
    slots = larger;
  }
}
