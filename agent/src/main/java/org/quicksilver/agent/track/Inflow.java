package org.quicksilver.agent.track;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

  /** How a client begins who will speak HTTP/2. */
  private static final byte[] MIXED = "PRI * HTTP/2".getBytes(StandardCharsets.US_ASCII);

  private final Branch connection;
  private @Nullable Requests requests;
  private long read;
  private long readBefore;
  private boolean answered;
  private boolean mixed;
  private volatile @Nullable Branch own;
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

  /**
   * What was read, where it is at hand: a client may begin, or go on after an answer, by saying
   * that requests will share the connection at the same time.
   */
  void read(long bytes, Object buffer) {
    if (!mixed && bytes >= MIXED.length && buffer instanceof ByteBuffer text) {
      mixed = begins(text, text.position() - (int) bytes);
    }
    read(bytes);
  }

  private static boolean begins(ByteBuffer text, int start) {
    boolean equal = start >= 0;
    for (int i = 0; equal && i < MIXED.length; i++) {
      equal = text.get(start + i) == MIXED[i];
    }
    return equal;
  }

  /** Whether requests share it at the same time, and which is whose nobody says. */
  private boolean isMixed() {
    return mixed && requests == null;
  }

  /** Somebody is about to read: for whom will that be? */
  Branch next(Branches branches) {
    readBefore = read;
    Branch pool = own;
    if (pool != null && isMixed()) {
      work = pool;
      return pool;
    }
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
    int itself = branch == connection ? 1 : 0;
    return own != null || branch.ended() || branch.isAsked() || branch.openHandles() > itself;
  }

  /**
   * The connection serves several, for certain.
   *
   * @param itself the branch that the connection itself has from now on
   * @return the branch for what the connection's own was used for till now: that, where nobody can
   *     say whose work is done over it; null if it was known before
   */
  @Nullable Branch pool(Branches branches, Branch itself) {
    if (own != null) {
      return null;
    }
    own = itself;
    Branch rest = isMixed() ? itself : branches.turn(connection, connection.from(), NO_REQUEST);
    connection.heir(rest);
    if (work == connection || rest == itself) {
      work = rest;
    }
    return rest;
  }
}
