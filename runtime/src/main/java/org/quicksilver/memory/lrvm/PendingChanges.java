package org.quicksilver.memory.lrvm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.storage.WideBuffer;

/**
 * What was committed without a flush and waits in memory, merged: of each byte the newest value,
 * once. Kept in blocks of 256 bytes with a bit for each byte, found by hashing: adding a range
 * costs one look-up a block, however much waits. Used under the lock of {@link CommitLog}.
 */
final class PendingChanges implements RecordContent {

  private static final int BLOCK = 256;
  private static final int WORDS = BLOCK / Long.SIZE;
  private static final int SEGMENT_SHIFT = 48;

  private static final class Block {
    final long key;
    final byte[] bytes = new byte[BLOCK];
    final long[] set = new long[WORDS];

    Block(long key) {
      this.key = key;
    }

    /** The first byte from there on that is set, or is not; {@link #BLOCK} if there is none. */
    int next(int from, boolean wanted) {
      for (int word = from >>> 6; word < WORDS; word++) {
        long bits = wanted ? set[word] : ~set[word];
        if (word == from >>> 6) {
          bits &= -1L << (from & 63);
        }
        if (bits != 0) {
          return (word << 6) + Long.numberOfTrailingZeros(bits);
        }
      }
      return BLOCK;
    }
  }

  /** Is shown each run of bytes; runs that touch are one range. */
  private interface Runs {
    void run(Block block, int from, int to, boolean continues);
  }

  private @Nullable Block[] slots = new Block[256];
  private int blocks;
  private int transactions;
  private long bound;
  private @Nullable Block[] sorted = new Block[0];

  boolean isEmpty() {
    return transactions == 0;
  }

  int transactions() {
    return transactions;
  }

  /** At least the size of the record this would make now. */
  long recordBound() {
    return isEmpty() ? 0 : LogFormat.FRAME + bound;
  }

  /** The same, exactly; costs a look at all of it. */
  long recordSize() {
    bound = size();
    return recordBound();
  }

  /** One transaction more, whose ranges would take that much by themselves. */
  void begin(long size) {
    transactions++;
    bound += size;
  }

  void add(int segment, long offset, WideBuffer source, long from, int length) {
    for (int done = 0; done < length; ) {
      int at = (int) ((offset + done) & (BLOCK - 1));
      int now = Math.min(BLOCK - at, length - done);
      Block block = block((long) segment << SEGMENT_SHIFT | (offset + done) / BLOCK);
      source.get(from + done, block.bytes, at, now);
      set(block.set, at, at + now);
      done += now;
    }
  }

  private static void set(long[] bits, int from, int to) {
    for (int word = from >>> 6; word <= (to - 1) >>> 6; word++) {
      long mask = word == from >>> 6 ? -1L << (from & 63) : -1L;
      bits[word] |= word == (to - 1) >>> 6 ? mask & (-1L >>> (63 - ((to - 1) & 63))) : mask;
    }
  }

  private Block block(long key) {
    int at = slot(slots, key);
    Block block = slots[at];
    if (block == null) {
      block = new Block(key);
      slots[at] = block;
      if (++blocks * 2 > slots.length) {
        grow();
      }
    }
    return block;
  }

  private static int slot(@Nullable Block[] slots, long key) {
    int mask = slots.length - 1;
    int at = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    for (Block block = slots[at]; block != null && block.key != key; block = slots[at]) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    @Nullable Block[] larger = new Block[slots.length * 2];
    for (Block block : slots) {
      if (block != null) {
        larger[slot(larger, block.key)] = block;
      }
    }
    slots = larger;
  }

  /** Nothing waits any more. */
  void clear() {
    slots = new Block[Math.max(256, Integer.highestOneBit(blocks) * 4)];
    blocks = 0;
    transactions = 0;
    bound = 0;
    sorted = new Block[0];
  }

  @Override
  public int ranges() {
    int[] count = new int[1];
    visit((block, from, to, continues) -> count[0] += continues ? 0 : 1);
    return count[0];
  }

  @Override
  public long size() {
    long[] sizes = new long[2];
    visit(
        (block, from, to, continues) -> {
          if (!continues) {
            sizes[0] += sizes[1] == 0 ? 0 : LogFormat.rangeSize(sizes[1]);
            sizes[1] = 0;
          }
          sizes[1] += to - from;
        });
    return sizes[0] + (sizes[1] == 0 ? 0 : LogFormat.rangeSize(sizes[1]));
  }

  @Override
  public void writeTo(Sink sink) {
    long[] lengths = new long[ranges()];
    int[] next = {-1};
    visit((block, from, to, continues) -> lengths[continues ? next[0] : ++next[0]] += to - from);
    next[0] = -1;
    visit(
        (block, from, to, continues) -> {
          if (!continues) {
            sink.range(
                (int) (block.key >>> SEGMENT_SHIFT),
                (block.key & ((1L << SEGMENT_SHIFT) - 1)) * BLOCK + from,
                lengths[++next[0]]);
          }
          sink.bytes(block.bytes, from, to - from);
        });
  }

  private void visit(Runs runs) {
    if (sorted.length != blocks) {
      sorted =
          Arrays.stream(slots)
              .filter(block -> block != null)
              .sorted((a, b) -> Long.compare(key(a), key(b)))
              .toArray(Block[]::new);
    }
    long reached = -1;
    for (Block block : sorted) {
      if (block != null) {
        reached = visit(block, reached, runs);
      }
    }
  }

  private static long key(@Nullable Block block) {
    return block == null ? -1 : block.key;
  }

  /** Returns the key of the block whose beginning would continue its last run, or -1. */
  private static long visit(Block block, long reached, Runs runs) {
    int end = 0;
    for (int from = block.next(0, true); from < BLOCK; from = block.next(end, true)) {
      end = block.next(from, false);
      runs.run(block, from, end, from == 0 && block.key == reached);
      if (end == BLOCK) {
        return block.key + 1;
      }
    }
    return -1;
  }
}
