package org.quicksilver.memory.vista;

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

  /** The one it entered last. */
  private @Nullable VistaRegion region;

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

  @Override
  public void setRange(Region in, long offset, long length) {
    checkActive();
    VistaRegion known = region;
    VistaRegion own = known != null && in == known ? known : enter(vista.own(in));
    own.save(slot, offset, length);
  }

  /** Says first that it is there, then looks whether the region stays. */
  private VistaRegion enter(VistaRegion own) {
    slot.enter(own);
    own.checkOpen();
    region = own;
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
