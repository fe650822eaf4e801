package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.*;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.quicksilver.memory.storage.WideBuffer;
import org.quicksilver.memory.vista.Steps.Step;

/**
 * The undo chain of the transaction that has a slot, as it grows: entries in chunks of the log, the
 * newest named by the slot's word. For one thread at a time. What a method stored survives the
 * process when it returns, not the power.
 */
final class OpenChain {

  /** The rest of a chunk is not worth an entry of its own if it is smaller. */
  private static final int SMALLEST_PART = 256;

  private final UndoLog undo;
  private final ByteBuffer log;
  private final LongBuffer words;
  private final int at;
  private final Steps steps;
  private long tid;
  private int newest;
  private int end;
  private int limit;
  private int[] chunks = {};
  private int held;
  private long declared;
  private long logged;

  /** Of the slot that lies there. */
  OpenChain(UndoLog undo, int at, Steps steps) {
    this.undo = undo;
    this.log = undo.buffer();
    this.words = log.asLongBuffer();
    this.at = at;
    this.steps = steps;
  }

  /** Bytes of all ranges that were ever saved here. */
  long declared() {
    return declared;
  }

  /** Bytes of all entries that were ever made here. */
  long logged() {
    return logged;
  }

  /** Bytes of the log that it has. */
  long used() {
    return (long) held * CHUNK;
  }

  /** A transaction's, which has no entry yet. */
  void begin(long its) {
    tid = its;
    words.put(at + S_TID >>> 3, its);
  }

  /** Undoes what an earlier life of this log has left, in chunks that are not this one's. */
  void undo(UndoChain chain) {
    newest = chain.newest();
    restore();
    end();
  }

  /** Goes on with one that an earlier life of this log has prepared. */
  void adopt(UndoChain chain) {
    tid = chain.tid();
    newest = chain.newest();
    chunks = chain.chunks();
    held = chunks.length;
  }

  /** Saves a range as it is now, see {@link UndoSlot#save}. */
  void save(WideBuffer memory, long from, int segment, long offset, long length) {
    if (length > 0 && length <= CHUNK && entrySize((int) length) <= limit - end) {
      append(memory, from, (int) length, segment, offset);
    } else {
      saveInParts(memory, from, segment, offset, length);
    }
    declared += length;
  }

  private void saveInParts(WideBuffer memory, long from, int segment, long offset, long length) {
    for (long done = 0; done < length; ) {
      if (limit - end - E_BYTES < Math.min(length - done, SMALLEST_PART)) {
        anotherChunk();
      }
      int part = (int) Math.min(length - done, limit - end - E_BYTES);
      append(memory, from + done, part, segment, offset + done);
      done += part;
    }
  }

  private void anotherChunk() {
    int chunk = undo.takeChunk();
    if (held == chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(1, 2 * held));
    }
    chunks[held++] = chunk;
    end = chunkAt(chunk);
    limit = end + CHUNK;
  }

  private void append(WideBuffer memory, long from, int length, int segment, long offset) {
    int into = end + E_BYTES;
    LongBuffer source = memory.wordsOf(from, length);
    long sum;
    if (source == null) {
      memory.copyTo(log, into, from, length);
      sum = EntryCheck.sum(log, into, length);
    } else {
      sum = EntryCheck.copy(source, memory.placeOf(from), words, into, length);
    }
    link(length, segment, offset, ACTIVE, sum);
    steps.done(Step.LINKED);
  }

  private void link(int length, int segment, long offset, int state, long sum) {
    int entry = end;
    long previousAndLength = newest | (long) length << 32;
    int check = EntryCheck.of(tid, entry, previousAndLength, segment, offset, sum);
    int first = entry >>> 3;
    words.put(first + (E_PREVIOUS >> 3), previousAndLength);
    words.put(first + (E_OFFSET >> 3), offset);
    words.put(first + (E_SEGMENT >> 3), (segment & 0xffffffffL) | (long) check << 32);
    steps.done(Step.COPIED);
    store(word(state, entry));
    newest = entry;
    end = entry + entrySize(length);
    logged += end - entry;
  }

  /**
   * The entry counts with this store: what it says lies before the first fence, what is done on the
   * strength of it behind the second. The word is stored as a whole, like every aligned one by a
   * JVM of 64 bits. The same as a release store of the buffer's, which checks more.
   */
  private void store(long word) {
    VarHandle.releaseFence();
    words.put(at + S_WORD >>> 3, word);
    VarHandle.storeStoreFence();
  }

  /** Makes it undecided by one store: neither a crash nor an opening ends it from then on. */
  void prepare(byte[] name) {
    if (limit - end < entrySize(name.length)) {
      anotherChunk();
    }
    int into = end + E_BYTES;
    log.put(into, name);
    long sum = EntryCheck.sum(log, into, name.length);
    link(name.length, NAME, UndoEntry.crc(name), PREPARED, sum);
    steps.done(Step.PREPARED);
  }

  /** A prepared one is active again, so that a crash in the middle of its abort is an abort. */
  void withdraw() {
    newest = (int) words.get(newest + E_PREVIOUS >> 3);
    store(newest == 0 ? 0 : word(ACTIVE, newest));
    steps.done(Step.WITHDRAWN);
  }

  /** Copies everything saved back, newest first; may be repeated from any point. */
  void restore() {
    for (int entry = newest; entry != 0; ) {
      long previousAndLength = words.get(entry + E_PREVIOUS >> 3);
      int segment = (int) words.get(entry + E_SEGMENT >> 3);
      long offset = words.get(entry + E_OFFSET >> 3);
      int length = (int) (previousAndLength >>> 32);
      undo.segment(segment).restore(offset, log, entry + E_BYTES, length, steps);
      entry = (int) previousAndLength;
    }
  }

  /** Forgets what was saved, by one store; the fence keeps the next entries behind it. */
  void end() {
    if (newest != 0) {
      store(0);
      newest = 0;
      steps.done(Step.ENDED);
    }
    keepChunks(1);
  }

  /** Gives up the chunk that is kept for the next transaction. */
  void strip() {
    keepChunks(0);
  }

  private void keepChunks(int most) {
    while (held > most) {
      undo.giveChunk(chunks[--held]);
    }
    end = held == 0 ? 0 : chunkAt(chunks[0]);
    limit = held == 0 ? 0 : end + CHUNK;
  }

  /** Clears what a log of a machine that died has here and cannot be read. */
  void clear() {
    if ((long) LONG.get(log, at + S_WORD) != 0) {
      store(0);
    }
  }
}
