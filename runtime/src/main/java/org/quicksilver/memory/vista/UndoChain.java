package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.*;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.quicksilver.memory.LogDamagedException;
import org.quicksilver.memory.SegmentRange;

/**
 * What a transaction that has not ended left in an undo log.
 *
 * @param slot its slot
 * @param tid its ID
 * @param name with which it was prepared; empty if it was not
 * @param entries of ranges, newest first
 * @param newest position of the newest entry, the name's if it has one
 */
record UndoChain(int slot, long tid, Optional<byte[]> name, List<UndoEntry> entries, int newest) {

  /**
   * All of a log, in the order of their slots.
   *
   * @throws LogDamagedException if anything is not as it was written
   */
  static List<UndoChain> all(ByteBuffer log, Path file) {
    List<UndoChain> chains = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      if (log.getLong(slotAt(slot) + S_WORD) != 0) {
        chains.add(read(log, file, slot));
      }
    }
    return chains;
  }

  /** Those of a log of a machine that died, as far as they are as they were written. */
  static List<UndoChain> whole(ByteBuffer log, Path file) {
    List<UndoChain> chains = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      try {
        if (log.getLong(slotAt(slot) + S_WORD) != 0) {
          chains.add(read(log, file, slot));
        }
      } catch (LogDamagedException e) {
        // Of this transaction nothing can be undone; its slot is cleared with the others.
      }
    }
    return chains;
  }

  private static UndoChain read(ByteBuffer log, Path file, int slot) {
    long word = log.getLong(slotAt(slot) + S_WORD);
    long tid = log.getLong(slotAt(slot) + S_TID);
    if (state(word) != ACTIVE && state(word) != PREPARED) {
      throw Damage.at(file, slotAt(slot), "a transaction has no possible state");
    }
    UndoEntry newest = UndoEntry.read(log, file, tid, VistaFormat.newest(word));
    if (newest.isName() != (state(word) == PREPARED)) {
      throw Damage.at(file, slotAt(slot), "a transaction's state is another one");
    }
    Optional<byte[]> name = newest.isName() ? Optional.of(newest.bytes(log)) : Optional.empty();
    int first = newest.isName() ? newest.previous() : newest.at();
    return new UndoChain(slot, tid, name, entries(log, file, tid, first), newest.at());
  }

  private static List<UndoEntry> entries(ByteBuffer log, Path file, long tid, int first) {
    List<UndoEntry> entries = new ArrayList<>();
    BitSet seen = new BitSet();
    for (int at = first; at != 0; at = entries.get(entries.size() - 1).previous()) {
      UndoEntry entry = UndoEntry.read(log, file, tid, at);
      if (entry.isName() || seen.get(at >>> 3)) {
        throw Damage.at(file, at, "a link leads to a wrong entry");
      }
      seen.set(at >>> 3);
      entries.add(entry);
    }
    return entries;
  }

  boolean isPrepared() {
    return name.isPresent();
  }

  /** Whether it has old bytes of that part of that segment. */
  boolean touches(int segment, SegmentRange range) {
    return entries.stream()
        .anyMatch(
            entry ->
                entry.segment() == segment
                    && entry.offset() < range.end()
                    && range.offset() < entry.end());
  }

  /** The numbers of the chunks it lies in. */
  int[] chunks() {
    BitSet chunks = new BitSet();
    chunks.set(chunkOf(newest));
    entries.forEach(entry -> chunks.set(chunkOf(entry.at())));
    return chunks.stream().toArray();
  }
}
