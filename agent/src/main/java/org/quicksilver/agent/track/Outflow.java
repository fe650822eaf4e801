package org.quicksilver.agent.track;

import org.jspecify.annotations.Nullable;

/**
 * What was written over one connection that this process opened, and for whom: each turn begins at
 * a byte, or with the number that the protocol gives a request. A connection that always serves the
 * same has none.
 *
 * <p>Thread-safe; the count is exact as long as one thread writes at a time.
 */
public final class Outflow {

  private final Stretches bytes = new Stretches();
  private final Stretches requests = new Stretches();
  private long written;
  private int lastRequest;
  private boolean pooled;

  Outflow() {}

  /** For whom it was written last; null if nothing was. */
  @Nullable Branch writer() {
    return bytes.last();
  }

  void wrote(long count) {
    if (count > 0) {
      written += count;
    }
  }

  boolean hasTurns() {
    return bytes.areAny() || requests.areAny();
  }

  /** What comes next is written for another; {@code owner} is whose the connection was till now. */
  void turn(Branch next, Branch owner) {
    bytes.begin(written, next, owner, written == 0);
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
   * For whom a byte was written; null if that is not known any more.
   *
   * @param request number of the request that it is part of; 0 if that has none
   */
  public @Nullable Branch at(long offset, int request) {
    Branch known = request == 0 ? null : requests.at(request);
    return known == null ? bytes.at(offset) : known;
  }

  /** Whether the last turn was for another transaction than the one before; true once only. */
  synchronized boolean becomesPooled() {
    boolean becomes = !pooled && (bytes.changesHands() || requests.changesHands());
    pooled |= becomes;
    return becomes;
  }
}
