package org.quicksilver.node;

import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.TurnMessage;
import org.quicksilver.transaction.TransactionId;

/** An accepted connection whose opener is being looked for. Node thread only. */
final class Arrival {

  private final int acceptor;
  private final TransactionId provisional;
  private final String local;
  private final String remote;
  private final long turn;
  private final int request;
  private boolean closed;
  private int tries;
  private long dueNanos;
  private final long acceptedAtMillis;
  private Recollections.@Nullable Question question;
  private LinkFinder.@Nullable Find remembered;
  private long rememberedClosedAtMillis;

  Arrival(int acceptor, Message.Accepted m) {
    this(acceptor, m.provisional(), m.local(), m.remote(), 0, 0, m.acceptedAtMillis());
  }

  /** A part of a stream, whose connection has its own; see {@link Link#turn}. */
  Arrival(int acceptor, TurnMessage.Turned m) {
    this(acceptor, m.provisional(), m.local(), m.remote(), m.from() + 1, m.request(), 0);
  }

  private Arrival(
      int acceptor,
      TransactionId provisional,
      String local,
      String remote,
      long turn,
      int request,
      long acceptedAtMillis) {
    this.acceptor = acceptor;
    this.provisional = provisional;
    this.local = local;
    this.remote = remote;
    this.turn = turn;
    this.request = request;
    this.acceptedAtMillis = acceptedAtMillis;
  }

  int acceptor() {
    return acceptor;
  }

  TransactionId provisional() {
    return provisional;
  }

  String local() {
    return local;
  }

  String remote() {
    return remote;
  }

  /** The connection as its opener has it in its breadcrumbs. */
  String seenByOpener() {
    return remote + " -> " + local;
  }

  /** When it was accepted, milliseconds since 1970. */
  long acceptedAtMillis() {
    return acceptedAtMillis;
  }

  /** See {@link Link#turn}. */
  long turn() {
    return turn;
  }

  /** Number of the request that it is part of; 0 if that has none. */
  int request() {
    return request;
  }

  boolean isClosed() {
    return closed;
  }

  /** The accepting end is closed already. */
  void close() {
    closed = true;
  }

  /** How often it was looked for; counts one more. */
  int nextTry() {
    return tries++;
  }

  int tries() {
    return tries;
  }

  /** What living openers are asked, since none of them has it any more; null if they are not. */
  Recollections.@Nullable Question question() {
    return question;
  }

  void question(Recollections.Question asked) {
    question = asked;
  }

  /** What somebody remembers having opened and closed; null if nobody does. */
  LinkFinder.@Nullable Find remembered() {
    return remembered;
  }

  /** The one closed last is the likeliest. */
  void remember(LinkFinder.Find former, long closedAtMillis) {
    if (remembered == null || closedAtMillis > rememberedClosedAtMillis) {
      remembered = former;
      rememberedClosedAtMillis = closedAtMillis;
    }
  }

  /** When it is looked for next, see {@link System#nanoTime}. */
  long dueNanos() {
    return dueNanos;
  }

  void dueNanos(long next) {
    dueNanos = next;
  }

  /** The link it turns out to be. */
  Link link(TransactionId transaction, int opener) {
    return new Link(acceptor, provisional, transaction, opener, local, remote, closed, turn);
  }

  /** The conversation of which it is the own connection: seen from its opener, who is the owner. */
  Conversation conversation(TransactionId tid) {
    return Conversation.opened(tid, tid.incarnation(), /* local= */ remote, /* remote= */ local);
  }
}
