package org.quicksilver.memory.vista;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.RestoreModeException;
import org.quicksilver.memory.TransactionEndedException;

/**
 * A transaction of Vista. Every commit mode is the same single store. Old values are saved in
 * either restore mode, because a crash is an abort.
 */
final class VistaTransaction implements MemoryTransaction {

  private final Vista vista;
  private final UndoSlot slot;
  private final long id;
  private final RestoreMode mode;

  /** Nearly always there is only one. */
  private volatile @Nullable VistaRegion region;

  private volatile Set<VistaRegion> others = Set.of();

  VistaTransaction(Vista vista, UndoSlot slot, long id, RestoreMode mode) {
    this.vista = vista;
    this.slot = slot;
    this.id = id;
    this.mode = mode;
  }

  @Override
  public long id() {
    return id;
  }

  /** Whether it has ranges in a region. */
  boolean touches(VistaRegion one) {
    return region == one || others.contains(one);
  }

  @Override
  public void setRange(Region in, long offset, long length) {
    checkActive();
    VistaRegion own = in == region ? (VistaRegion) in : enter(vista.own(in));
    own.save(slot, offset, length);
  }

  /** Says first that it is there, then looks whether the region stays. */
  private VistaRegion enter(VistaRegion own) {
    if (region == null) {
      region = own;
    } else if (!others.contains(own)) {
      Set<VistaRegion> more = new HashSet<>(others);
      more.add(own);
      others = more;
    }
    own.checkOpen();
    return own;
  }

  @Override
  public void endTransaction(CommitMode when) {
    checkActive();
    slot.commit();
  }

  @Override
  public void abortTransaction() {
    checkActive();
    checkRestorable();
    slot.abort();
  }

  @Override
  public PreparedTransaction prepare(byte[] name) {
    checkActive();
    checkRestorable();
    if (name.length > PreparedTransaction.LONGEST_NAME) {
      throw new IllegalArgumentException(
          "a name of " + name.length + " bytes; it may have " + PreparedTransaction.LONGEST_NAME);
    }
    slot.prepare(name);
    return vista.prepared(new VistaPrepared(vista, slot, id, name.clone()));
  }

  @Override
  public void close() {
    if (slot.isActive(id)) {
      slot.abort();
      checkRestorable();
    }
  }

  private void checkActive() {
    if (!slot.isActive(id)) {
      throw new TransactionEndedException(
          "transaction " + id + " has ended or is prepared, or its memory was closed");
    }
  }

  private void checkRestorable() {
    if (mode == RestoreMode.NO_RESTORE) {
      throw new RestoreModeException(
          "transaction " + id + " was begun with NO_RESTORE: it can only be committed");
    }
  }
}
