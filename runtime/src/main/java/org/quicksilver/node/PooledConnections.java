package org.quicksilver.node;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionId;

/**
 * Connections whose openers have said that they serve several transactions, and of which no
 * acceptor has told yet; for a minute. Node thread only.
 */
final class PooledConnections {

  private static final int MOST = 10_000;
  private static final Duration KEEP = Duration.ofMinutes(1);

  private record Word(int opener, TransactionId transaction, long saidNanos) {}

  private final Map<String, Word> byConnection =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Word> eldest) {
          return size() > MOST || isOld(eldest.getValue());
        }
      };

  private static boolean isOld(Word word) {
    return System.nanoTime() - word.saidNanos > KEEP.toNanos();
  }

  /**
   * Keeps it until its link is found.
   *
   * @param connection as its opener has it
   * @param transaction of which the connection itself is
   */
  void put(int opener, String connection, TransactionId transaction) {
    byConnection.put(connection, new Word(opener, transaction, System.nanoTime()));
  }

  /** Of which transaction the connection itself is; null if its opener has said nothing. */
  @Nullable TransactionId take(int opener, String connection) {
    Word word = byConnection.remove(connection);
    return word == null || word.opener != opener || isOld(word) ? null : word.transaction;
  }
}
