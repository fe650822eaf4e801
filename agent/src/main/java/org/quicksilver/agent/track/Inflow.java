package org.quicksilver.agent.track;

import java.lang.ref.WeakReference;
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

  private static final WeakReference<@Nullable Object> NONE = new WeakReference<>(null);

  private final Branch connection;
  private volatile WeakReference<@Nullable Object> parser = NONE;
  private @Nullable Requests requests;
  private long read;
  private long readBefore;
  private boolean answered;
  private boolean mixed;
  private @Nullable Branch mixture;
  private @Nullable Branch upgrade;
  private volatile @Nullable Branch own;
  private volatile Branch work;

  Inflow(Branch connection) {
    this.connection = connection;
    this.work = connection;
  }

  /** Whether that is what takes it apart. */
  boolean isFor(Object object) {
    return parser.get() == object;
  }

  /** Something takes it apart; false if something else did before. */
  synchronized boolean parse(Object object) {
    if (parser != NONE) {
      return isFor(object);
    }
    parser = new WeakReference<>(object);
    return true;
  }

  /** For whom those work who have read last. */
  Branch work() {
    return work;
  }

  void answered() {
    answered = true;
  }

  /**
   * Something has arrived; with the first of it after an answer another exchange begins.
   *
   * @return whether those who have read it work for another than they did
   */
  boolean read(long bytes, Branches branches) {
    if (bytes <= 0) {
      return false;
    }
    Branch before = work;
    if (answered) {
      begin(branches);
    }
    read += bytes;
    return work != before;
  }

  /**
   * The same, where the first of it is at hand: a client may begin, or go on after an answer, by
   * saying that requests will share the connection at the same time. What it asked for till then
   * need not have been done yet: to be told that they may is no answer to that.
   *
   * @param start where in the buffer it is
   */
  boolean read(long bytes, ByteBuffer buffer, int start, Branches branches) {
    if (mixed || bytes < MIXED.length || !begins(buffer, start)) {
      return read(bytes, branches);
    }
    mixed = true;
    answered = false;
    boolean isUpgraded = read > 0;
    if (isUpgraded) {
      upgrade = work;
      work = ownOrMixture(branches);
    }
    read += bytes;
    return isUpgraded;
  }

  private Branch ownOrMixture(Branches branches) {
    Branch pool = own;
    if (pool != null) {
      return pool;
    }
    Branch begun = branches.turn(connection, read, NO_REQUEST);
    mixture = begun;
    return begun;
  }

  /**
   * What is done for requests that share it, from where they began to; null if they always did, or
   * do not.
   */
  @Nullable Branch mixture() {
    return mixture;
  }

  private static boolean begins(ByteBuffer text, int start) {
    boolean equal = start >= 0 && start + MIXED.length <= text.position();
    for (int i = 0; equal && i < MIXED.length; i++) {
      equal = text.get(start + i) == MIXED[i];
    }
    return equal;
  }

  /** Whether requests share it at the same time, and which is whose nobody says. */
  private boolean isMixed() {
    return mixed && requests == null;
  }

  /** Somebody is about to read: for whom does he work until he has? */
  Branch reading() {
    readBefore = read;
    Branch pool = own;
    if (pool != null && isMixed()) {
      work = pool;
    }
    return work;
  }

  /** Somebody takes up what was read before, or what it is not known how much of was. */
  Branch next(Branches branches) {
    reading();
    if (answered) {
      begin(branches);
    }
    return work;
  }

  /** An exchange begins with the next byte. */
  private void begin(Branches branches) {
    answered = false;
    if (isMixed()) {
      return;
    }
    if (isTaken(work)) {
      work = branches.turn(connection, read, NO_REQUEST);
    } else {
      work.from(read);
    }
  }

  /**
   * For whom those work who do something for a request that has a number. The first of those that
   * share the connection may be the one that asked whether they may, and had none when it came.
   */
  Branch ofRequest(int number, Branches branches) {
    Branch first = upgrade;
    if (number == 1 && first != null) {
      return first;
    }
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
   *     say whose work that was; null if it was known before
   */
  @Nullable Branch pool(Branches branches, Branch itself) {
    if (own != null) {
      return null;
    }
    own = itself;
    Branch shared = mixture;
    Branch rest =
        isMixed() && shared == null
            ? itself
            : branches.turn(connection, connection.from(), NO_REQUEST);
    connection.heir(rest);
    if (shared != null) {
      shared.heir(itself);
    }
    if (isMixed()) {
      work = itself;
    } else if (work == connection) {
      work = rest;
    }
    return rest;
  }
}
