package org.quicksilver.memory.lrvm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.storage.WideBuffer;

/**
 * What one transaction has declared in one region: merged, sorted and apart, with only those bytes
 * saved that were not declared before; or, without merging, as declared.
 */
final class DeclaredRanges {

  private final LrvmRegion region;
  private final boolean merge;
  private final @Nullable UndoLog undo;
  private long[] starts = new long[8];
  private long[] ends = new long[8];
  private int count;

  DeclaredRanges(LrvmRegion region, boolean restore) {
    this.region = region;
    this.merge = region.options().mergeRanges();
    this.undo = restore ? new UndoLog() : null;
  }

  LrvmRegion region() {
    return region;
  }

  void add(WideBuffer memory, long start, long end) {
    if (!merge || count == 0 || start > ends[count - 1]) {
      save(memory, start, end);
      insert(count, start, end);
    } else {
      mergeIn(memory, start, end);
    }
  }

  private void save(WideBuffer memory, long start, long end) {
    if (undo != null && end > start) {
      undo.save(memory, start, end - start);
    }
  }

  private void mergeIn(WideBuffer memory, long start, long end) {
    int first = firstEndingAt(start);
    int after = first;
    long saved = start;
    while (after < count && starts[after] <= end) {
      save(memory, saved, Math.min(end, Math.max(saved, starts[after])));
      saved = Math.max(saved, ends[after]);
      after++;
    }
    save(memory, saved, Math.max(saved, end));
    if (after == first) {
      insert(first, start, end);
    } else {
      starts[first] = Math.min(start, starts[first]);
      ends[first] = Math.max(end, ends[after - 1]);
      remove(first + 1, after);
    }
  }

  /** The first range that ends there or later. */
  private int firstEndingAt(long offset) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void insert(int at, long start, long end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    System.arraycopy(starts, at, starts, at + 1, count - at);
    System.arraycopy(ends, at, ends, at + 1, count - at);
    starts[at] = start;
    ends[at] = end;
    count++;
  }

  private void remove(int from, int to) {
    System.arraycopy(starts, to, starts, from, count - to);
    System.arraycopy(ends, to, ends, from, count - to);
    count -= to - from;
  }

  int count() {
    return count;
  }

  /** In a record. */
  long size() {
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += LogFormat.rangeSize(ends[i] - starts[i]);
    }
    return size;
  }

  void writeTo(RecordContent.Sink sink) {
    WideBuffer memory = region.memory();
    for (int i = 0; i < count; i++) {
      long length = ends[i] - starts[i];
      sink.range(region.segment(), region.range().offset() + starts[i], length);
      sink.bytes(memory, starts[i], length);
    }
  }

  void addTo(PendingChanges pending) {
    WideBuffer memory = region.memory();
    for (int i = 0; i < count; i++) {
      pending.add(
          region.segment(),
          region.range().offset() + starts[i],
          memory,
          starts[i],
          (int) (ends[i] - starts[i]));
    }
  }

  void restore() {
    if (undo != null) {
      undo.restore(region.memory());
    }
  }
}
