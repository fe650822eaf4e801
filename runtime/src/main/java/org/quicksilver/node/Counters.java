package org.quicksilver.node;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** How often what happened since the node started; lost with it. Thread-safe. */
final class Counters {

  /** What is counted. */
  enum Count {
    /** Frames that were no messages. */
    MALFORMED,
    /** Connections turned away for what they said or did not say. */
    REFUSED,
    /** Channels between processes that these closed because what came was no frame. */
    REFUSED_FRAMES,
    /** Connections closed because nobody read. */
    CLOGGED,
    /** Breadcrumb files that could not be read. */
    REFUSED_FILES,
    /** Exceptions in the node's own work. */
    FAULTS,
    /** Values the store had no room for. */
    UNSTORED,
    /** Connections whose opener was found. */
    LINKS,
    /** Connections whose opener is unknown. */
    STRANGERS,
    /** Transactions committed. */
    COMMITTED,
    /** Transactions aborted. */
    ABORTED,
    /** JVMs that died. */
    DEATHS,
    /** Lines of the audit trail written. */
    AUDITED
  }

  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

  Counters() {
    for (Count count : Count.values()) {
      counts.put(count, new LongAdder());
    }
  }

  private LongAdder of(Count count) {
    return Objects.requireNonNull(counts.get(count));
  }

  /** One more. */
  void add(Count count) {
    of(count).increment();
  }

  /** So many more. */
  void add(Count count, long more) {
    of(count).add(more);
  }

  /** How many so far. */
  long get(Count count) {
    return of(count).sum();
  }

  /** All, by name: lower case, words run together as in {@code refusedFiles}. */
  Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    for (Count count : Count.values()) {
      all.put(camel(count.name().toLowerCase(Locale.ROOT)), get(count));
    }
    return all;
  }

  private static String camel(String name) {
    int bar = name.indexOf('_');
    return bar < 0
        ? name
        : name.substring(0, bar)
            + Character.toUpperCase(name.charAt(bar + 1))
            + name.substring(bar + 2);
  }
}
