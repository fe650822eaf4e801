package org.quicksilver.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.quicksilver.statistics.Distribution;
import org.quicksilver.statistics.Summary;

/** Measures what a log writes and forces. One thread writes, any may read. */
final class ForceMeter {

  private final AtomicLong records = new AtomicLong();
  private final Distribution groups = new Distribution();
  private final Distribution micros = new Distribution();
  private long group;

  /** So many records of participants were written. */
  void wrote(int count) {
    records.addAndGet(count);
    group += count;
  }

  /** They are durable; the force took that long. */
  void forced(long nanos) {
    groups.add(group);
    micros.add(TimeUnit.NANOSECONDS.toMicros(nanos));
    group = 0;
  }

  LogStatistics statistics() {
    Summary sizes = groups.summary();
    return new LogStatistics(records.get(), sizes.count(), sizes, micros.summary());
  }
}
