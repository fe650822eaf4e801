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
   * @param provisional the ID it was first given here
   * @param connection its ends as this side sees them
   * @param transaction to which it belongs from now on
   */
  public void pooled(TransactionId provisional, String connection, TransactionId transaction) {
    Branch branch = branches.find(provisional);
    Handle socket = branch == null ? null : branch.connectionHandle();
    if (socket != null) {
      pooled(socket, transaction);
    } else {
      handles.forEach(
          handle -> {
            if (handle.kind() == HandleKind.SOCKET && handle.what().equals(connection)) {
              pooled(handle, transaction);
            }
          });
    }
  }

  /** It may be closed by now, and what was done over it may last. */
  private void pooled(Handle socket, TransactionId transaction) {
    Inflow inflow = socket.inflow();
    if (inflow == null) {
      return;
    }
    Branch before = socket.branch();
    Branch own = branches.begin(Branch.Origin.ACCEPTED);
    Branch rest = inflow.pool(branches, own);
    if (rest == null) {
      branches.forget(own);
      return;
    }
    own.over(before);
    own.connectionHandle(socket);
    own.announce();
    branches.join(own.provisional(), transaction);
    before.connectionHandle(null);
    handles.move(socket, own);
    Branch mixture = inflow.mixture();
    handles.forEach(
        handle -> {
          if (handle.branch() == before) {
            handles.move(handle, rest);
          } else if (handle.branch() == mixture) {
            handles.move(handle, own);
          }
        });
  }
}
