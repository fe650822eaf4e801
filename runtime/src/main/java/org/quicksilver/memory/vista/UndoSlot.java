package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.*;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.storage.WideBuffer;
import org.quicksilver.memory.vista.Steps.Step;

/**
 * A place for one transaction at a time in the mapped undo log: whose it is, how far it is, and its
 * {@link OpenChain}.
 *
 * <p>Threads: {@link #claim} and {@link #touches} may be called by any; between the claim and the
 * end one thread at a time. Nothing here locks or calls the system, save for another chunk when one
 * is full.
 */
final class UndoSlot {

  private static final int[] NO_OTHERS = {};
  private static final VarHandle CLAIMED;
  private static final VarHandle REGION;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      CLAIMED = lookup.findVarHandle(UndoSlot.class, "claimed", boolean.class);
      REGION = lookup.findVarHandle(UndoSlot.class, "region", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final OpenChain chain;
  private final Steps steps;
  private final Tally tally = new Tally();
  private volatile boolean claimed;
  private long tid;

  /** The same while its transaction may change memory, else 0. No enum: see {@link #region}. */
  private long active;

  /** Whether its transaction waits for its outcome. */
  private boolean prepared;

  /**
   * Numbers of the regions its transaction has ranges in, nearly always one. No references, and no
   * reference to the transaction: the collector would have to be told of each, and that costs more
   * than a range.
   */
  private volatile int region;

  private volatile int[] others = NO_OTHERS;

  UndoSlot(UndoLog undo, int number, Steps steps) {
    this.chain = new OpenChain(undo, slotAt(number), steps);
    this.steps = steps;
    long last = undo.buffer().getLong(slotAt(number) + S_TID);
    this.tid = last & Long.MAX_VALUE & -SLOTS | number;
  }

  Tally tally() {
    tally.logged = chain.logged();
    tally.declared = chain.declared();
    return tally;
  }

  /** Bytes of the log that its transaction needs. */
  long used() {
    return active != 0 || prepared ? chain.used() : 0;
  }

  /** Takes it for a transaction, if it is idle. */
  boolean claim() {
    return !claimed && CLAIMED.compareAndSet(this, false, true);
  }

  /** Begins a transaction, with an ID that no other transaction of this log had. */
  VistaTransaction begin(Vista vista, RestoreMode mode) {
    tid += SLOTS;
    chain.begin(tid);
    active = tid;
    steps.done(Step.BEGUN);
    return new VistaTransaction(vista, this, tid, mode);
  }

  /** Aborts the transaction that has it, if it is not prepared. */
  void abortActive() {
    if (active != 0) {
      abort();
    }
  }

  /** Whether that transaction has it and may change memory. */
  boolean isActive(long itsTid) {
    return active == itsTid;
  }

  /** ID of the transaction that has it or had it last. */
  long tid() {
    return tid;
  }

  /** Says to all threads that its transaction has ranges in a region, before it has any. */
  void enter(VistaRegion one) {
    if (region == 0) {
      region = one.number();
    } else if (!touches(one)) {
      int[] more = Arrays.copyOf(others, others.length + 1);
      more[others.length] = one.number();
      others = more;
    }
  }

  /** Whether its transaction, one of this life that has not ended, has ranges in a region. */
  boolean touches(VistaRegion one) {
    return region == one.number() || Arrays.stream(others).anyMatch(each -> each == one.number());
  }

  private void leaveRegions() {
    if (region != 0) {
      REGION.setRelease(this, 0);
      if (others.length > 0) {
        others = NO_OTHERS;
      }
    }
  }

  /** Undoes what an earlier life of this log has left. */
  void undo(UndoChain left) {
    chain.undo(left);
    CLAIMED.setRelease(this, false);
  }

  /** Goes on with a transaction that an earlier life of this log has prepared. */
  void adopt(UndoChain left) {
    claimed = true;
    tid = left.tid();
    prepared = true;
    chain.adopt(left);
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
    chain.save(memory, from, segment, offset, length);
  }

  /** Makes it undecided by one store: neither a crash nor an opening ends it from then on. */
  void prepare(byte[] name) {
    chain.prepare(name);
    active = 0;
    prepared = true;
    tally.prepared++;
  }

  /** Commits by one store, and is idle. */
  void commit() {
    tally.committed++;
    end();
  }

  /** Copies everything saved back, newest first, and is idle. */
  void abort() {
    if (prepared) {
      chain.withdraw();
    }
    chain.restore();
    tally.aborted++;
    end();
  }

  private void end() {
    chain.end();
    active = 0;
    prepared = false;
    leaveRegions();
    CLAIMED.setRelease(this, false);
  }

  /** Gives up the chunk it keeps while idle. The caller has claimed it. */
  void strip() {
    chain.strip();
    CLAIMED.setRelease(this, false);
  }

  /** Clears what a log of a machine that died has here and cannot be read. */
  void clear() {
    chain.clear();
    CLAIMED.setRelease(this, false);
  }
}
