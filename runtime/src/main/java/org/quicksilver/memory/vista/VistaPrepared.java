package org.quicksilver.memory.vista;

import org.quicksilver.memory.MemoryClosedException;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.TransactionEndedException;

/** A prepared transaction, of this life or of a former one. */
final class VistaPrepared implements PreparedTransaction {

  private enum Fate {
    OPEN,
    COMMITTED,
    ABORTED
  }

  private final Vista vista;
  private final UndoSlot slot;
  private final long id;
  private final byte[] name;
  private Fate fate = Fate.OPEN;

  VistaPrepared(Vista vista, UndoSlot slot, long id, byte[] name) {
    this.vista = vista;
    this.slot = slot;
    this.id = id;
    this.name = name;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public byte[] name() {
    return name.clone();
  }

  @Override
  public synchronized void commit() {
    if (isToBe(Fate.COMMITTED)) {
      slot.commit();
    }
  }

  @Override
  public synchronized void abort() {
    if (isToBe(Fate.ABORTED)) {
      slot.abort();
    }
  }

  /** Decides it, unless it is decided so already. */
  private boolean isToBe(Fate wanted) {
    if (fate != Fate.OPEN && fate != wanted) {
      throw new TransactionEndedException("transaction " + id + " is " + fate + " already");
    }
    if (fate == wanted) {
      return false;
    }
    if (!vista.decided(this)) {
      throw new MemoryClosedException("the memory of transaction " + id + " is closed: open it");
    }
    fate = wanted;
    return true;
  }
}
