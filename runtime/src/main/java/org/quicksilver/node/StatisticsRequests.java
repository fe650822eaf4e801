package org.quicksilver.node;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.quicksilver.transaction.SubordinateDoubt;

/** Answers {@code statistics}. Node thread only. */
final class StatisticsRequests {

  private final TransactionTable transactions;
  private final TransactionStatistics statistics;
  private final NodeRecords records;
  private final Neighbours neighbours;
  private final Instant since;

  StatisticsRequests(
      TransactionTable transactions,
      TransactionStatistics statistics,
      NodeRecords records,
      Neighbours neighbours,
      Clock clock) {
    this.transactions = transactions;
    this.statistics = statistics;
    this.records = records;
    this.neighbours = neighbours;
    this.since = clock.instant();
  }

  Map<String, Object> statistics() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("since", since);
    all.put("underWay", transactions.countActive());
    all.put("inDoubt", inDoubt());
    all.put("transactions", statistics.counts());
    all.put("classes", statistics.classes());
    all.put("latencies", statistics.latencies());
    all.put("log", records.statistics());
    all.put("links", neighbours.views());
    return all;
  }

  /** How many are in doubt now. */
  long inDoubt() {
    return transactions.active().stream().filter(SubordinateDoubt::isInDoubt).count();
  }
}
