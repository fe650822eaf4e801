package org.quicksilver.memory.lrvm;

import java.util.concurrent.atomic.LongAdder;

/** What has been done, counted by many threads. */
final class Counters {
  final LongAdder committed = new LongAdder();
  final LongAdder aborted = new LongAdder();
  final LongAdder prepared = new LongAdder();
  final LongAdder declaredBytes = new LongAdder();
  final LongAdder loggedBytes = new LongAdder();
  final LongAdder mergedTransactions = new LongAdder();
  final LongAdder forcedCommits = new LongAdder();
  final LongAdder truncations = new LongAdder();
  final LongAdder waitsForRoom = new LongAdder();
  final LongAdder segmentBytes = new LongAdder();
}
