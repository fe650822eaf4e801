package org.quicksilver.memory.lrvm;

import java.util.Arrays;
import org.quicksilver.memory.storage.WideBuffer;

/** Old values of one region, in the order in which they were saved. */
final class UndoLog {

  private static final int FIRST_BLOCK = 512;
  private static final int LARGEST_BLOCK = 1 << 20;
  private static final int LONGEST = 1 << 28;

  private byte[] block = new byte[FIRST_BLOCK];
  private int position;
  private long[] offsets = new long[8];
  private byte[][] blocks = new byte[8][];
  private int[] positions = new int[8];
  private int[] lengths = new int[8];
  private int count;

  void save(WideBuffer memory, long offset, long length) {
    for (long done = 0; done < length; ) {
      int now = (int) Math.min(LONGEST, length - done);
      if (now > block.length - position) {
        int larger = Math.min(LARGEST_BLOCK, block.length * 2);
        block = new byte[Math.max(now, larger)];
        position = 0;
      }
      memory.get(offset + done, block, position, now);
      add(offset + done, now);
      position += now;
      done += now;
    }
  }

  private void add(long offset, int length) {
    if (count == offsets.length) {
      int more = count * 2;
      offsets = Arrays.copyOf(offsets, more);
      blocks = Arrays.copyOf(blocks, more);
      positions = Arrays.copyOf(positions, more);
      lengths = Arrays.copyOf(lengths, more);
    }
    offsets[count] = offset;
    blocks[count] = block;
    positions[count] = position;
    lengths[count] = length;
    count++;
  }

  /** Puts them back, the last one first: of a byte that was saved twice the first value stays. */
  void restore(WideBuffer memory) {
    for (int i = count - 1; i >= 0; i--) {
      memory.put(offsets[i], blocks[i], positions[i], lengths[i]);
    }
  }
}
