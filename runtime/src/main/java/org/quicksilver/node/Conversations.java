package org.quicksilver.node;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.TurnMessage;
import org.quicksilver.node.Counters.Count;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Connections make transactions: begins a conversation when its first link is found, and joins who
 * serves it. {@link Closings} end it. Node thread only.
 *
 * <p>Source: design.md section 4, "Conversation", "Joining", "The link costs no message on the
 * application's path".
 */
final class Conversations implements LinkFinder.Listener {

  private final JvmTable jvms;
  private final Links links;
  private final ConversationTable conversations;
  private final TransactionTable transactions;
  private final TransactionShell shell;
  private final Closings closings;
  private final Counters counters;
  private final PooledConnections pooled = new PooledConnections();

  Conversations(
      JvmTable jvms,
      Links links,
      ConversationTable conversations,
      TransactionTable transactions,
      TransactionShell shell,
      Closings closings,
      Counters counters) {
    this.jvms = jvms;
    this.links = links;
    this.conversations = conversations;
    this.transactions = transactions;
    this.shell = shell;
    this.closings = closings;
    this.counters = counters;
  }

  /**
   * A JVM announces a connection again, having reconnected.
   *
   * @return whether its link is known, so that nobody need look for it
   */
  boolean isKnown(int acceptor, TransactionId provisional, String local, String remote) {
    Link link = links.find(acceptor, local, remote);
    if (link == null || !links.resolve(link.transaction()).equals(links.resolve(provisional))) {
      return false;
    }
    TransactionId tid = links.resolve(provisional);
    if (transactions.find(tid) == null) {
      return false;
    }
    if (!tid.equals(provisional)) {
      jvms.send(acceptor, new Message.Joined(provisional, tid));
    }
    join(tid, acceptor);
    return true;
  }

  @Override
  public void onFound(Arrival arrival, int opener, TransactionId tag, boolean isProvisional) {
    counters.add(Count.LINKS);
    TransactionId tid = links.resolve(tag);
    boolean isOwn = tag.incarnation() == opener && !isProvisional && !links.isProvisional(tag);
    begin(tid, isOwn ? arrival : null);
    rename(arrival, tid);
    links.put(arrival.link(tag, opener));
    // One that serves the transaction is known already, unless it was lost with an earlier node's
    // state.
    join(tid, opener);
    join(tid, arrival.acceptor());
    TransactionId whole = pooled.take(opener, arrival.seenByOpener());
    if (whole != null) {
      tellPooled(arrival.link(tag, opener), whole);
    }
    endIfEnding(tid, arrival.acceptor());
    watch(tid);
    if (arrival.isClosed()) {
      closings.onClosed(arrival.acceptor(), tid, arrival.local(), arrival.remote(), true);
    }
    closings.endIfOwnerIsDead(tid);
  }

  /** A part of a stream turns out to belong to a transaction; perhaps the connection's own. */
  void onTurn(Arrival turn, Link connection, TransactionId tag) {
    TransactionId tid = links.resolve(tag);
    begin(tid, null);
    rename(turn, tid);
    if (tid.equals(links.resolve(connection.transaction()))) {
      links.putAlias(turn.provisional(), tid);
    } else {
      links.put(turn.link(tag, connection.opener()));
    }
    join(tid, connection.opener());
    join(tid, turn.acceptor());
    endIfEnding(tid, turn.acceptor());
    closings.endIfOwnerIsDead(tid);
  }

  /** It may have been told of the end before it knew what else belongs to it. */
  private void endIfEnding(TransactionId tid, int acceptor) {
    TransactionState state = transactions.find(tid);
    if (state != null && state.outcome() != null && !state.phase().isEnded()) {
      jvms.send(acceptor, new Message.End(tid, state.outcome() == Outcome.ABORTED));
    }
  }

  /**
   * A connection itself belongs to this transaction, whatever is done over it. One that is closed
   * may be it, or a former one with its ends.
   *
   * @param connection as its opener names it
   */
  void onPooled(int opener, String connection, TransactionId tag) {
    Link link = links.seenAs(opener, connection).orElse(null);
    if (link != null) {
      tellPooled(link, tag);
    }
    if (link == null || link.closed()) {
      pooled.put(opener, connection, tag);
    }
  }

  private void tellPooled(Link connection, TransactionId tag) {
    TransactionId tid = links.resolve(tag);
    begin(tid, null);
    join(tid, connection.acceptor());
    jvms.send(
        connection.acceptor(),
        new TurnMessage.Pooled(
            connection.provisional(), tid, connection.remote(), connection.local()));
    closings.endIfOwnerIsDead(tid);
  }

  private void begin(TransactionId tid, @Nullable Arrival own) {
    int owner = tid.incarnation();
    Conversation known = conversations.find(tid);
    if (own != null && !isOfProcess(tid) && (known == null || known.local().isEmpty())) {
      conversations.put(own.conversation(tid));
    } else if (known == null && !isOfProcess(tid)) {
      conversations.put(Conversation.unknown(tid, owner));
    }
    shell.begin(tid, owner);
    join(tid, owner);
  }

  /**
   * A connection that is shared by design, as in a pool, belongs to the process; its end ends
   * nothing.
   */
  private static boolean isOfProcess(TransactionId tid) {
    return tid.sequence() == 1;
  }

  /**
   * The owner takes part in order to be told the end; the death of anybody else leaves the work
   * undone.
   */
  private void join(TransactionId tid, int incarnation) {
    boolean isOwner = tid.incarnation() == incarnation;
    boolean isHarmless = isOwner || isOfProcess(tid);
    if (jvms.find(incarnation) != null && !(isOwner && isOfProcess(tid))) {
      shell.join(tid, incarnation, isHarmless ? DeathEffect.DROP : DeathEffect.FAIL);
    }
  }

  /**
   * What the acceptor and those it asked in turn know under a provisional ID is part of the
   * transaction from now on.
   */
  private void rename(Arrival arrival, TransactionId tid) {
    TransactionId provisional = links.resolve(arrival.provisional());
    if (provisional.equals(tid)) {
      return;
    }
    jvms.send(arrival.acceptor(), new Message.Joined(arrival.provisional(), tid));
    TransactionState branch = transactions.find(provisional);
    if (branch == null || branch.phase().isEnded()) {
      return;
    }
    for (var id : branch.participants().keySet()) {
      if (id instanceof ProcessParticipant process && process.incarnation() != arrival.acceptor()) {
        jvms.send(process.incarnation(), new Message.Joined(provisional, tid));
      }
    }
    shell.absorb(tid, provisional);
    conversations.remove(provisional);
  }

  private void watch(TransactionId tid) {
    Conversation conversation = conversations.find(tid);
    if (conversation != null && conversation.isWatched() && isActive(tid)) {
      jvms.send(
          conversation.owner(),
          new Message.Watch(tid, conversation.local(), conversation.remote()));
    }
  }

  private boolean isActive(TransactionId tid) {
    TransactionState state = transactions.find(tid);
    return state != null && state.outcome() == null;
  }

  @Override
  public void onStranger(Arrival arrival) {
    counters.add(Count.STRANGERS);
    TransactionId tid = links.resolve(arrival.provisional());
    int owner = tid.incarnation();
    Conversation known = conversations.find(tid);
    boolean isOwn = owner == arrival.acceptor() && tid.equals(arrival.provisional());
    if (isOwn && (known == null || !known.stranger())) {
      conversations.put(Conversation.ofStranger(tid, owner, arrival.local(), arrival.remote()));
    }
    shell.begin(tid, owner);
    join(tid, arrival.acceptor());
    links.put(arrival.link(arrival.provisional(), 0));
    if (arrival.isClosed()) {
      closings.onClosed(arrival.acceptor(), tid, arrival.local(), arrival.remote(), true);
    }
  }

  /** A JVM is connected again: tells it anew what it may have missed. */
  void onReconnected(int incarnation) {
    for (TransactionState state : transactions.active()) {
      if (state.ownership().localIncarnation() == incarnation) {
        watch(state.tid());
      }
      if (state.participants().containsKey(new ProcessParticipant(incarnation))) {
        renameAgain(state.tid(), incarnation);
      }
    }
    shell.reconnected(incarnation);
  }

  private void renameAgain(TransactionId tid, int acceptor) {
    links.of(tid).stream()
        .filter(link -> link.acceptor() == acceptor)
        .flatMap(link -> Stream.of(link.provisional(), link.transaction()))
        .filter(id -> !id.equals(tid))
        .distinct()
        .forEach(id -> jvms.send(acceptor, new Message.Joined(id, tid)));
  }

  /** A tombstone is gone. */
  void forget(TransactionId tid) {
    conversations.remove(tid);
    links.forget(tid);
  }
}
