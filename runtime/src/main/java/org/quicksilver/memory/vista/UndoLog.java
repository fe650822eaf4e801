package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.*;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.quicksilver.memory.TooManyTransactionsException;
import org.quicksilver.memory.TransactionTooLargeException;

/**
 * The undo log of a running engine: its slots, the chunks they are given, and the segments its
 * entries speak of. Thread-safe; a slot belongs to whoever claimed it.
 */
final class UndoLog {

  /** Threads begin to look for an idle slot in one of so many places. */
  private static final int FIRST_LOOKS = 16;

  private final ByteBuffer log;
  private final OpenSegments segments;
  private final UndoSlot[] slots = new UndoSlot[SLOTS];
  private final ChunkPool pool;

  /**
   * Over a log whose chains are known.
   *
   * @param prepared chains that stay
   */
  UndoLog(ByteBuffer log, List<UndoChain> prepared, OpenSegments segments, Steps steps) {
    this.log = log;
    this.segments = segments;
    BitSet taken = new BitSet();
    prepared.forEach(chain -> Arrays.stream(chain.chunks()).forEach(taken::set));
    this.pool = new ChunkPool(chunks(log.capacity()), taken);
    for (int number = 0; number < SLOTS; number++) {
      slots[number] = new UndoSlot(this, number, steps);
    }
  }

  /** Undoes what is not prepared, goes on with what is, and clears every other slot. */
  void recover(List<UndoChain> chains) {
    for (UndoChain chain : chains) {
      if (chain.isPrepared()) {
        slots[chain.slot()].adopt(chain);
      } else {
        slots[chain.slot()].undo(chain);
      }
    }
    for (UndoSlot slot : slots) {
      if (slot.claim()) {
        slot.clear();
      }
    }
  }

  /** Aborts every transaction that is not prepared. */
  void abortAll() {
    slots().forEach(UndoSlot::abortActive);
  }

  ByteBuffer buffer() {
    return log;
  }

  Stream<UndoSlot> slots() {
    return Stream.of(slots);
  }

  UndoSlot slotOf(UndoChain chain) {
    return slots[chain.slot()];
  }

  Segment segment(int number) {
    return segments.get(number);
  }

  /** An idle slot, which is then the caller's. */
  UndoSlot claim() {
    int first = (int) Thread.currentThread().getId() & FIRST_LOOKS - 1;
    for (int i = 0; i < SLOTS; i++) {
      UndoSlot slot = slots[first + i & SLOTS - 1];
      if (slot.claim()) {
        return slot;
      }
    }
    throw new TooManyTransactionsException(
        SLOTS + " transactions have neither committed nor aborted: end some, then begin more");
  }

  /** A chunk that nobody has; if need be, one that an idle slot has kept. */
  int takeChunk() {
    int chunk = pool.take();
    for (int i = 0; chunk == ChunkPool.NONE && i < SLOTS; i++) {
      if (slots[i].claim()) {
        slots[i].strip();
        chunk = pool.take();
      }
    }
    if (chunk == ChunkPool.NONE) {
      throw new TransactionTooLargeException(
          "no room for old values in the undo log of "
              + log.capacity()
              + " bytes: abort this transaction, then make it smaller or the log larger");
    }
    return chunk;
  }

  void giveChunk(int chunk) {
    pool.give(chunk);
  }
}
