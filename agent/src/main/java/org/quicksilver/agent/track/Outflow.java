package org.quicksilver.agent.track;

import org.jspecify.annotations.Nullable;

/**
 * What was written over one connection that this process opened, and for whom: each turn begins at
 * a byte, or with the number that the protocol gives a request. A connection that always serves the
 * same has none.
 *
 * <p>Thread-safe; the count, and what is known of answers, is exact as long as one thread writes at
 * a time.
 */
public final class Outflow {

  /** Requests of one connection at the same time are many, those one after another are few. */
  private static final int MOST_BY_BYTE = 512;

  private static final int MOST_BY_NUMBER = 4096;

  private final Stretches bytes = new Stretches(MOST_BY_BYTE);
  private final Stretches requests = new Stretches(MOST_BY_NUMBER);
  private long written;
  private long queued;
  private boolean queues;
  private int lastRequest;
  private boolean pooled;
  private boolean isUnanswered;
  private long unansweredFrom;
  private volatile long mixedFrom = Long.MAX_VALUE;
  private volatile @Nullable Branch shared;
  private volatile boolean closed;

  Outflow() {}

  /** For whom it was written last; null if nothing was. */
  @Nullable Branch writer() {
    return bytes.last();
  }

  void wrote(long count) {
    if (count > 0) {
      if (!isUnanswered) {
        isUnanswered = true;
        unansweredFrom = written;
      }
      written += count;
    }
  }

  /** Somebody reads from the connection: what was written before may have been answered. */
  void heard() {
    isUnanswered = false;
  }

  /** The connection is closed. */
  void close() {
    closed = true;
  }

  boolean isClosed() {
    return closed;
  }

  boolean hasTurns() {
    return bytes.areAny() || requests.areAny();
  }

  /**
   * What comes next is written for another; {@code owner} is whose the connection was till now. If
   * that is before anything could be read, requests of several are under way at the same time, and
   * the other side, which tells them apart by its answers, cannot do so any more.
   */
  void turn(Branch next, Branch owner) {
    long from = queues ? queued : written;
    Branch before = bytes.last();
    if (isUnanswered && mixedFrom == Long.MAX_VALUE && areOfTwoClients(before, next)) {
      mixedFrom = unansweredFrom;
    }
    bytes.begin(from, next, owner, from == 0);
  }

  /** What the process itself writes in between, a ping for instance, is nobody's request. */
  private static boolean areOfTwoClients(@Nullable Branch before, Branch next) {
    return before != null
        && before.origin() == Branch.Origin.ACCEPTED
        && next.origin() == Branch.Origin.ACCEPTED
        && next.isOtherThan(before);
  }

  /** Something is about to wait to be written; if nothing does, what was written is all. */
  void queue(boolean isFirst) {
    if (isFirst || !queues) {
      queued = written;
    }
    queues = true;
  }

  /** So many bytes wait to be written. */
  void queued(int count) {
    queued += count;
  }

  /** Whether it is known for whom bytes are before they are written. */
  boolean isQueued() {
    return queues;
  }

  /**
   * A request is written; their numbers rise.
   *
   * @return whether it is for another than the one before
   */
  boolean request(int number, Branch next, Branch owner) {
    boolean isOthers = number > lastRequest && requests.last() != next;
    if (isOthers) {
      requests.begin(number, next, owner, lastRequest == 0);
    }
    lastRequest = Math.max(lastRequest, number);
    return isOthers;
  }

  /** For whom a request was written; null if that is not known. */
  @Nullable Branch ofRequest(int number) {
    return requests.at(number);
  }

  /**
   * For whom a byte was written; null if that is not known any more. From where requests of several
   * share the connection at the same time, and they have no numbers or who wrote them did not say
   * them, it is of whom the connection itself is.
   *
   * @param request number of the request that it is part of; 0 if that has none
   */
  public @Nullable Branch at(long offset, int request) {
    Branch known = request == 0 ? null : requests.at(request);
    if (known == null && (request != 0 || offset >= mixedFrom)) {
      known = shared;
    }
    return known == null ? bytes.at(offset) : known;
  }

  /** Whose the connection itself is from now on, since it serves several. */
  void share(Branch owner) {
    shared = owner;
  }

  /**
   * Whether the connection serves others than its owner: the last turn was for another transaction
   * than the one before, or any if it is nobody's. True once only.
   */
  synchronized boolean becomesPooled(boolean isNobodys) {
    boolean changes = bytes.changesHands() || requests.changesHands();
    return (changes || (isNobodys && hasTurns())) && pool();
  }

  /** It does, by what else is known; false if it was known already. */
  synchronized boolean pool() {
    boolean becomes = !pooled;
    pooled = true;
    return becomes;
  }
}
