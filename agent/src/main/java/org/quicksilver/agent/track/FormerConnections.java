package org.quicksilver.agent.track;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections that this process opened and closed lately, and whose they were: the other side
 * may come to tell of one only when it is over, and nobody else knows it then. Thread-safe.
 */
public final class FormerConnections {

  private static final int MOST = 1024;

  /**
   * One of them.
   *
   * @param ends {@code local -> remote}
   * @param branch whose it was when it was closed
   * @param openedAtMillis when it was opened, milliseconds since 1970
   * @param closedAtMillis when it was closed
   */
  public record Former(byte[] ends, Branch branch, long openedAtMillis, long closedAtMillis) {}

  private final @Nullable Former[] latest = new Former[MOST];
  private int next;

  FormerConnections() {}

  synchronized void add(Handle connection) {
    byte[] ends = connection.description();
    if (ends.length > 0) {
      latest[next] =
          new Former(
              ends, connection.branch(), connection.openedAtMillis(), System.currentTimeMillis());
      next = (next + 1) % MOST;
    }
  }

  /**
   * Those among them that are looked for; of several with the same ends, the latest.
   *
   * @param connections {@code local -> remote}
   */
  public Map<String, Former> find(Collection<String> connections) {
    Set<String> wanted = Set.copyOf(connections);
    Map<String, Former> found = new HashMap<>();
    for (Former former : oldestFirst()) {
      String connection = former == null ? "" : new String(former.ends, StandardCharsets.UTF_8);
      if (former != null && wanted.contains(connection)) {
        found.put(connection, former);
      }
    }
    return found;
  }

  private synchronized @Nullable Former[] oldestFirst() {
    @Nullable Former[] all = new Former[MOST];
    System.arraycopy(latest, next, all, 0, MOST - next);
    System.arraycopy(latest, 0, all, MOST - next, next);
    return all;
  }
}
