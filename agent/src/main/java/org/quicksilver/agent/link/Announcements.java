package org.quicksilver.agent.link;

import java.util.function.Consumer;
import org.quicksilver.agent.track.Branch;
import org.quicksilver.agent.track.Branches;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.Outflow;
import org.quicksilver.agent.track.Turns;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.TurnMessage;
import org.quicksilver.handle.Endpoints;
import org.quicksilver.transaction.TransactionId;

/**
 * What the node is told of connections: which were accepted and left something open, which parts of
 * their streams did, and which are closed. Worker thread only.
 */
final class Announcements {

  private final ControlLink link;
  private final Handles handles;
  private final Branches branches;

  Announcements(ControlLink link, Handles handles, Branches branches) {
    this.link = link;
    this.handles = handles;
    this.branches = branches;
  }

  /**
   * A new node, or the same after a while, is told of every accepted connection again; it answers
   * what it knows.
   */
  void all() {
    for (Branch branch : branches.live()) {
      boolean isWanted = !branch.isTurn() || branch.openHandles() > 0;
      if (branch.origin() == Branch.Origin.ACCEPTED && isWanted) {
        announceAgain(branch);
      }
    }
  }

  private void announceAgain(Branch branch) {
    if (branch.isTurn() || branch.announced()) {
      announce(branch);
    } else {
      announceWithItsEnd(branch);
    }
  }

  private void announce(Branch branch) {
    String connection = branch.connection();
    String local = Endpoints.local(connection);
    String remote = Endpoints.remote(connection);
    TransactionId provisional = branch.provisional();
    branch.announce();
    if (branch.isTurn()) {
      TransactionId whole = branch.ofConnection().provisional();
      link.send(
          new TurnMessage.Turned(
              provisional, whole, local, remote, branch.from(), branch.request()));
    } else {
      link.send(new Message.Accepted(provisional, local, remote, branch.acceptedAtMillis()));
    }
  }

  /** A connection that has come and gone meanwhile and left nothing open is forgotten. */
  void ifItLasts(Branch branch) {
    if (branch.openHandles() == 0) {
      branches.forget(branch);
    } else if (!branch.announced()) {
      announceWithItsEnd(branch);
    }
  }

  private void announceWithItsEnd(Branch branch) {
    announce(branch);
    if (closedUnannounced(branch)) {
      sendClosed(branch);
    }
  }

  /** It was closed before it was announced, and left something open. */
  private static boolean closedUnannounced(Branch branch) {
    Handle connection = branch.connectionHandle();
    return connection == null || connection.isClosed();
  }

  /** The connection of a branch is closed: news to whoever was told of it. */
  void closed(Branch branch) {
    if (branch.announced() || branch.origin() != Branch.Origin.ACCEPTED) {
      sendClosed(branch);
    }
  }

  private void sendClosed(Branch branch) {
    String connection = branch.connection();
    link.sendOrKeep(
        new Message.Closed(
            branch.transaction(),
            Endpoints.local(connection),
            Endpoints.remote(connection),
            branch.origin() == Branch.Origin.ACCEPTED));
  }

  /** Marked first, then looked at: a close in between is told twice rather than never. */
  void watch(Message.Watch watch) {
    Branch branch = branches.find(watch.transaction());
    Handle connection = branch == null ? null : branch.connectionHandle();
    if (connection != null) {
      connection.watch();
    }
    if (connection == null || connection.isClosed()) {
      link.sendOrKeep(
          new Message.Closed(watch.transaction(), watch.local(), watch.remote(), false));
    }
  }

  /** What it opened has been closed meanwhile: the next handle is to be told of again. */
  void turnIfItLasts(Branch turn) {
    if (turn.openHandles() == 0) {
      turn.ask(false);
    }
    if (turn.openHandles() > 0 && !turn.announced()) {
      turn.ask(true);
      announce(turn);
    }
  }

  /**
   * Parts of streams that have left nothing open.
   *
   * @param usedAgain told of those for which something is opened just then
   */
  void forgetTurns(Consumer<Branch> usedAgain) {
    for (Branch turn :
        branches.forgetEmptyTurns(over -> link.send(new TurnMessage.Over(over.provisional())))) {
      if (turn.openHandles() > 0) {
        turn.ask(true);
        branches.inUse(turn);
        usedAgain.accept(turn);
      }
    }
  }

  /** This process uses a connection for several transactions; it is of the one named. */
  void pooled(String connection, TransactionId transaction) {
    link.sendOrKeep(
        new TurnMessage.Pooled(
            transaction, transaction, Endpoints.local(connection), Endpoints.remote(connection)));
  }

  void received(TurnMessage message) {
    if (message instanceof TurnMessage.Pooled m) {
      new Turns(handles, branches)
          .pooled(m.provisional(), m.remote() + " -> " + m.local(), m.transaction());
    } else if (message instanceof TurnMessage.Asked m) {
      Outflow outflow = handles.outflows().find(m.local() + " -> " + m.remote());
      Branch writer = outflow == null ? null : outflow.at(m.from(), m.request());
      link.send(writer == null ? unknown(m) : answer(m, writer));
    }
  }

  private static Message unknown(TurnMessage.Asked question) {
    return new TurnMessage.Answered(question.provisional(), false, question.provisional());
  }

  private Message answer(TurnMessage.Asked question, Branch writer) {
    askFor(writer);
    return new TurnMessage.Answered(question.provisional(), true, writer.transaction());
  }

  /** The node is looking for those who had opened some connections. */
  void recall(Message.Sought sought) {
    handles
        .former()
        .find(sought.connections())
        .forEach(
            (connection, former) -> {
              askFor(former.branch());
              link.send(
                  new Message.Opened(
                      connection,
                      former.branch().transaction(),
                      former.openedAtMillis(),
                      former.closedAtMillis()));
            });
    link.send(new Message.Recalled(sought.number()));
  }

  /** What has left nothing open here may not have been asked for yet either. */
  private void askFor(Branch writer) {
    if (writer.isTurn() && !writer.announced()) {
      writer.ask(true);
      branches.inUse(writer);
      announce(writer);
    } else if (writer.origin() == Branch.Origin.ACCEPTED && !writer.announced()) {
      announceWithItsEnd(writer);
    }
  }
}
