package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.*;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.storage.WideBuffer;
import org.quicksilver.memory.vista.Steps.Step;

/**
 * The undo chain of one transaction in the mapped undo log, and after it of the next one.
 *
 * <p>Threads: {@link #claim} may be called by any; between it and the end one thread at a time.
 * Nothing here locks or calls the system, save for another chunk when one is full. What a method
 * stored survives the process when it returns, not the power.
 */
final class UndoSlot {

  /** What it is used for. */
  enum Phase {
    /** Nothing. */
    IDLE,
    /** A transaction that has not ended. */
    ACTIVE,
    /** One that waits for its outcome. */
    PREPARED
  }

  /** The rest of a chunk is not worth an entry of its own if it is smaller. */
  private static final int SMALLEST_PART = 256;

  private static final VarHandle CLAIMED;

  static {
    try {
      CLAIMED = MethodHandles.lookup().findVarHandle(UndoSlot.class, "claimed", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final UndoLog undo;
  private final ByteBuffer log;
  private final int at;
  private final Steps steps;
  private final Tally tally = new Tally();

  private volatile boolean claimed;
  private Phase phase = Phase.IDLE;
  private @Nullable VistaTransaction transaction;
  private long tid;
  private int newest;
  private int end;
  private int limit;
  private int[] chunks = {};
  private int held;

  UndoSlot(UndoLog undo, int number, Steps steps) {
    this.undo = undo;
    this.log = undo.buffer();
    this.at = slotAt(number);
    this.steps = steps;
    this.tid = log.getLong(at + S_TID) & Long.MAX_VALUE & -SLOTS | number;
  }

  Tally tally() {
    return tally;
  }

  /** Bytes of the log that its transaction needs. */
  long used() {
    return phase == Phase.IDLE ? 0 : (long) held * CHUNK;
  }

  /** Takes it for a transaction, if it is idle. */
  boolean claim() {
    return !claimed && CLAIMED.compareAndSet(this, false, true);
  }

  /** Begins a transaction, with an ID that no other transaction of this log had. */
  VistaTransaction begin(Vista vista, RestoreMode mode) {
    tid += SLOTS;
    LONG.set(log, at + S_TID, tid);
    phase = Phase.ACTIVE;
    VistaTransaction begun = new VistaTransaction(vista, this, tid, mode);
    transaction = begun;
    steps.done(Step.BEGUN);
    return begun;
  }

  /** Aborts the transaction that has it, if it is not prepared. */
  void abortActive() {
    if (phase == Phase.ACTIVE) {
      abort();
    }
  }

  /** Whether that transaction has it and may change memory. */
  boolean isActive(long itsTid) {
    return tid == itsTid && phase == Phase.ACTIVE;
  }

  /** The transaction of this life that has it and has neither committed nor aborted. */
  Optional<VistaTransaction> unended() {
    return phase == Phase.IDLE ? Optional.empty() : Optional.ofNullable(transaction);
  }

  /** Undoes what an earlier life of this log has left. */
  void undo(UndoChain chain) {
    newest = chain.newest();
    restore();
    end();
  }

  /** Goes on with a transaction that an earlier life of this log has prepared. */
  void adopt(UndoChain chain) {
    claimed = true;
    tid = chain.tid();
    phase = Phase.PREPARED;
    newest = chain.newest();
    chunks = chain.chunks();
    held = chunks.length;
  }

  /**
   * Saves a range as it is now. When this returns the caller may change it.
   *
   * @param from where it begins in the memory
   * @param offset where it begins in the segment
   * @throws org.quicksilver.memory.TransactionTooLargeException if there is no room; the
   *     transaction can still be aborted
   */
  void save(WideBuffer memory, long from, int segment, long offset, long length) {
    if (length > 0 && length <= CHUNK && entrySize((int) length) <= limit - end) {
      append(memory, from, (int) length, segment, offset);
    } else {
      saveInParts(memory, from, segment, offset, length);
    }
    tally.declared += length;
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
    memory.copyTo(log, end + E_BYTES, from, length);
    link(length, segment, offset, ACTIVE);
    steps.done(Step.LINKED);
  }

  /** The entry counts with the release store; what comes after the fence cannot come before it. */
  private void link(int length, int segment, long offset, int state) {
    int entry = end;
    long previousAndLength = newest | (long) length << 32;
    int check = check(tid, entry, previousAndLength, segment, offset);
    LONG.set(log, entry + E_PREVIOUS, previousAndLength);
    LONG.set(log, entry + E_OFFSET, offset);
    LONG.set(log, entry + E_SEGMENT, (segment & 0xffffffffL) | (long) check << 32);
    steps.done(Step.COPIED);
    LONG.setRelease(log, at + S_WORD, word(state, entry));
    VarHandle.storeStoreFence();
    newest = entry;
    end = entry + entrySize(length);
    tally.logged += end - entry;
  }

  /** Makes it undecided by one store: neither a crash nor an opening ends it from then on. */
  void prepare(byte[] name) {
    if (limit - end < entrySize(name.length)) {
      anotherChunk();
    }
    log.put(end + E_BYTES, name);
    link(name.length, NAME, UndoEntry.crc(name), PREPARED);
    phase = Phase.PREPARED;
    tally.prepared++;
    steps.done(Step.PREPARED);
  }

  /** Commits by one store, and is idle. */
  void commit() {
    tally.committed++;
    end();
  }

  /** Copies everything saved back, newest first, and is idle. */
  void abort() {
    if (phase == Phase.PREPARED) {
      withdraw();
    }
    restore();
    tally.aborted++;
    end();
  }

  /** A prepared one is active again, so that a crash in the middle of its abort is an abort. */
  private void withdraw() {
    newest = (int) (long) LONG.get(log, newest + E_PREVIOUS);
    LONG.setRelease(log, at + S_WORD, newest == 0 ? 0 : word(ACTIVE, newest));
    VarHandle.storeStoreFence();
    steps.done(Step.WITHDRAWN);
  }

  /** May be repeated from any point. */
  private void restore() {
    for (int entry = newest; entry != 0; ) {
      long previousAndLength = (long) LONG.get(log, entry + E_PREVIOUS);
      int segment = (int) (long) LONG.get(log, entry + E_SEGMENT);
      long offset = (long) LONG.get(log, entry + E_OFFSET);
      int length = (int) (previousAndLength >>> 32);
      undo.segment(segment).restore(offset, log, entry + E_BYTES, length, steps);
      entry = (int) previousAndLength;
    }
  }

  /** Forgets what was saved, by one store; the fence keeps the next entries behind it. */
  private void end() {
    if (newest != 0) {
      LONG.setRelease(log, at + S_WORD, 0L);
      VarHandle.storeStoreFence();
      newest = 0;
      steps.done(Step.ENDED);
    }
    phase = Phase.IDLE;
    keepChunks(1);
    CLAIMED.setRelease(this, false);
  }

  /** Gives up the chunk it keeps while idle. The caller has claimed it. */
  void strip() {
    keepChunks(0);
    CLAIMED.setRelease(this, false);
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
      LONG.setRelease(log, at + S_WORD, 0L);
    }
    CLAIMED.setRelease(this, false);
  }
}
