package org.quicksilver.agent.track;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections that this process opened and has used for several transactions, by their ends.
 * Also those that were closed lately: the other side may ask a little later. Thread-safe.
 */
public final class Outflows {

  private static final int MOST = 4096;

  private final Map<String, Outflow> byConnection =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Outflow> eldest) {
          return size() > MOST;
        }
      };

  private Set<String> closedBefore = Set.of();
  private volatile boolean used;

  Outflows() {}

  synchronized void put(String connection, Outflow outflow) {
    used = true;
    byConnection.put(connection, outflow);
  }

  /**
   * A new connection may have the ends of a former one.
   *
   * @param connection its ends in UTF-8
   */
  void begins(byte[] connection) {
    if (used) {
      remove(new String(connection, StandardCharsets.UTF_8));
    }
  }

  private synchronized void remove(String connection) {
    byConnection.remove(connection);
  }

  /**
   * Forgets those that were closed by the last time this was called, and keeps those closed since.
   */
  public synchronized void forgetClosed() {
    byConnection.entrySet().removeIf(this::wasClosedBefore);
    Set<String> closed = new HashSet<>();
    byConnection.forEach(
        (connection, outflow) -> {
          if (outflow.isClosed()) {
            closed.add(connection);
          }
        });
    closedBefore = closed;
  }

  private boolean wasClosedBefore(Map.Entry<String, Outflow> entry) {
    return entry.getValue().isClosed() && closedBefore.contains(entry.getKey());
  }

  /** That of a connection, {@code local -> remote}; null if it was used for one alone. */
  public synchronized @Nullable Outflow find(String connection) {
    return byConnection.get(connection);
  }
}
