package org.quicksilver.memory.vista;

import org.quicksilver.memory.MemoryStatistics;

/** Adds up what the slots have counted. */
final class VistaStatistics {

  private VistaStatistics() {}

  static MemoryStatistics of(OpenedLog log, long regions, long undecided) {
    Tally all = new Tally();
    log.undo().slots().map(UndoSlot::tally).forEach(all::add);
    return new MemoryStatistics(
        all.committed,
        all.aborted,
        all.prepared,
        undecided,
        regions,
        all.declared,
        all.logged,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        log.undo().slots().mapToLong(UndoSlot::used).sum(),
        log.header().length(),
        log.found().stream().filter(chain -> !chain.isPrepared()).count());
  }
}
