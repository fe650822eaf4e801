package org.quicksilver.agent.track;

import org.quicksilver.handle.HandleKind;
import org.quicksilver.transaction.TransactionId;

/**
 * Takes apart what is done over an accepted connection that turns out to serve several
 * transactions: the connection itself belongs to whom its opener says, what it was used for is
 * asked for anew. Worker thread only.
 */
public final class Turns {

  private final Handles handles;
  private final Branches branches;

  /** Takes its parts. */
  public Turns(Handles handles, Branches branches) {
    this.handles = handles;
    this.branches = branches;
  }

  /**
   * A connection is pooled by its opener.
   *
   * @param connection its ends as this side sees them
   * @param transaction to which it belongs from now on
   */
  public void pooled(String connection, TransactionId transaction) {
    handles.forEach(
        handle -> {
          Inflow inflow = handle.kind() == HandleKind.SOCKET ? handle.inflow() : null;
          if (inflow != null && handle.what().equals(connection)) {
            pooled(handle, inflow, transaction);
          }
        });
  }

  private void pooled(Handle socket, Inflow inflow, TransactionId transaction) {
    Branch before = socket.branch();
    Branch own = branches.begin(Branch.Origin.ACCEPTED);
    Branch rest = inflow.pool(branches, own);
    if (rest == null) {
      branches.forget(own);
      return;
    }
    own.accepted(before.connection(), before.acceptedAtMillis());
    own.connectionHandle(socket);
    own.announce();
    branches.join(own.provisional(), transaction);
    before.connectionHandle(null);
    handles.move(socket, own);
    handles.forEach(
        handle -> {
          if (handle.branch() == before) {
            handles.move(handle, rest);
          }
        });
  }
}
