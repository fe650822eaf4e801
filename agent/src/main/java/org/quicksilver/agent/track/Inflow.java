package org.quicksilver.agent.track;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was read from one connection that this process accepted, and what is done for it. Each
 * exchange, what is read after something was answered, may be for another transaction. It gets a
 * branch of its own where the one before left something open, for that would otherwise be taken for
 * the new one's.
 *
 * <p>Used by whoever reads and writes, one at a time as a rule; should two meet, an exchange counts
 * as the former's.
 */
final class Inflow {

  private static final int NO_REQUEST = 0;

  private final Branch connection;
  private @Nullable Requests requests;
  private long read;
  private long readBefore;
  private boolean answered;
  private volatile boolean pooled;
  private volatile Branch work;

  Inflow(Branch connection) {
    this.connection = connection;
    this.work = connection;
  }

  /** For whom those work who have read last. */
  Branch work() {
    return work;
  }

  void answered() {
    answered = true;
  }

  void read(long bytes) {
    if (bytes > 0) {
      read += bytes;
    }
  }

  /** Somebody is about to read: for whom will that be? */
  Branch next(Branches branches) {
    readBefore = read;
    if (answered) {
      answered = false;
      if (isTaken(work)) {
        work = branches.turn(connection, read, NO_REQUEST);
      } else {
        work.from(read);
      }
    }
    return work;
  }

  /** For whom those work who do something for a request that has a number. */
  Branch ofRequest(int number, Branches branches) {
    Requests known = requests;
    if (known == null) {
      known = new Requests();
      requests = known;
    }
    Branch branch = known.get(number);
    if (branch == null) {
      branch = branches.turn(connection, readBefore, number);
      known.put(number, branch);
    }
    return branch;
  }

  /**
   * The latest. One of those that last longer than so many others is asked for once more, and gets
   * the same answer.
   */
  private static final class Requests extends LinkedHashMap<Integer, Branch> {
    private static final long serialVersionUID = 1;
    private static final int MOST = 64;
    private static final float LOAD = 0.75f;

    Requests() {
      super(MOST, LOAD, /* accessOrder= */ true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, Branch> eldest) {
      return size() > MOST;
    }
  }

  private boolean isTaken(Branch branch) {
    int own = branch == connection ? 1 : 0;
    return pooled || branch.ended() || branch.isAsked() || branch.openHandles() > own;
  }

  /**
   * The connection serves several, for certain.
   *
   * @return the branch for what the connection's own was used for till now; null if that is known
   */
  @Nullable Branch pool(Branches branches) {
    if (pooled) {
      return null;
    }
    pooled = true;
    Branch rest = branches.turn(connection, connection.from(), NO_REQUEST);
    connection.heir(rest);
    if (work == connection) {
      work = rest;
    }
    return rest;
  }
}
