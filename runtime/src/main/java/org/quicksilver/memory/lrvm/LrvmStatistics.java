package org.quicksilver.memory.lrvm;

import org.quicksilver.memory.MemoryStatistics;

/** Puts together what several have counted. */
final class LrvmStatistics {

  private LrvmStatistics() {}

  static MemoryStatistics of(
      Counters counters, LogWriter writer, LogSpace space, long regions, long recovered) {
    return new MemoryStatistics(
        counters.committed.sum(),
        counters.aborted.sum(),
        counters.prepared.sum(),
        space.undecided(),
        regions,
        counters.declaredBytes.sum(),
        counters.loggedBytes.sum(),
        counters.mergedTransactions.sum(),
        writer.writes(),
        writer.forces(),
        counters.forcedCommits.sum(),
        counters.truncations.sum(),
        counters.waitsForRoom.sum(),
        counters.segmentBytes.sum(),
        space.used(),
        space.capacity(),
        recovered);
  }
}
