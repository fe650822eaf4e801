package org.quicksilver.benchmark.memory;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quicksilver.benchmark.Median;

/**
 * What is promised of commits: their time, or the ratio of two times.
 *
 * @param topic what it is about
 * @param what its name
 * @param above whose time
 * @param below by whose it is divided, round by round; null: microseconds
 * @param bound what it may be
 */
record Promise(Topic topic, String what, Subject above, @Nullable Subject below, Bound bound) {

  /** What can be asked for. */
  enum Topic {
    FLUSH,
    BUFFERED,
    NO_FLUSH,
    VISTA,
    SIZE,
    TRUNCATION,
    PEERS,
    RECOVERY
  }

  /** All that recoverable-memory.md names, but recovery. */
  static List<Promise> all() {
    Subject floor = Subject.of(Entrant.FORCE);
    Subject flush = Subject.of(Entrant.FLUSH);
    Subject noFlush = Subject.of(Entrant.NO_FLUSH);
    Subject vista = Subject.of(Entrant.VISTA);
    return List.of(
        of(Topic.FLUSH, "floor / LRVM FLUSH, one thread", floor, flush, Bound.atLeast(0.85)),
        of(
            Topic.FLUSH,
            "LRVM FLUSH, one thread / 16 threads",
            flush,
            new Subject(Entrant.FLUSH, 16),
            Bound.atLeast(8)),
        of(
            Topic.BUFFERED,
            "LRVM OS_BUFFERED / RocksDB without sync",
            Subject.of(Entrant.OS_BUFFERED),
            Subject.of(Entrant.ROCKSDB_NO_SYNC),
            Bound.atMost(1)),
        of(Topic.NO_FLUSH, "LRVM NO_FLUSH, us", noFlush, null, Bound.atMost(1)),
        of(Topic.VISTA, "Vista, us", vista, null, Bound.atMost(0.15)),
        of(Topic.VISTA, "LRVM FLUSH / Vista", flush, vista, Bound.atLeast(500)),
        of(
            Topic.VISTA,
            "LMDB without sync / Vista",
            Subject.of(Entrant.LMDB_NO_SYNC),
            vista,
            Bound.atLeast(10)),
        wide("LRVM FLUSH", Entrant.FLUSH_WIDE, flush),
        wide("LRVM NO_FLUSH", Entrant.NO_FLUSH_WIDE, noFlush),
        wide("Vista", Entrant.VISTA_WIDE, vista),
        of(
            Topic.TRUNCATION,
            "LRVM FLUSH, always truncating / not",
            Subject.of(Entrant.TRUNCATING),
            flush,
            Bound.atMost(1.5)));
  }

  private static Promise of(
      Topic topic, String what, Subject above, @Nullable Subject below, Bound bound) {
    return new Promise(topic, what, above, below, bound);
  }

  private static Promise wide(String engine, Entrant wide, Subject small) {
    return of(
        Topic.SIZE,
        engine + ", region of 4 GiB / of 1 MiB",
        Subject.of(wide),
        small,
        Bound.atMost(1.5));
  }

  /** What has to be measured for it. */
  Stream<Subject> subjects() {
    return Stream.concat(Stream.of(above), Stream.ofNullable(below));
  }

  /** The median of the rounds. */
  double figure(Map<Subject, List<Double>> micros) {
    List<Double> over = micros.getOrDefault(above, List.of());
    if (below == null) {
      return Median.of(over);
    }
    return Median.ofRatios(over, micros.getOrDefault(below, List.of()));
  }
}
