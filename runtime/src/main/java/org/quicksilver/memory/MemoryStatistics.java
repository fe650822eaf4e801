package org.quicksilver.memory;

/**
 * What a recoverable memory has done since it was opened. Zero where an engine does not have it.
 *
 * @param committed transactions, those that changed nothing included
 * @param aborted transactions
 * @param prepared transactions prepared in this life
 * @param undecided transactions prepared, in whichever life, and waiting
 * @param regions mapped now
 * @param declaredBytes in ranges as declared
 * @param loggedBytes in the log, of new values or old ones, with what frames them
 * @param mergedTransactions that share a log record with others
 * @param writes of the log
 * @param forces of the log
 * @param forcedCommits that waited for one of these forces; more than forces is group commit
 * @param truncations that moved the head of the log
 * @param waitsForRoom commits that had to wait for one
 * @param segmentBytes written to segments
 * @param logUsed bytes of the log that are needed
 * @param logCapacity bytes of the log
 * @param recoveredTransactions found in the log when it was opened: redone, or undone
 */
public record MemoryStatistics(
    long committed,
    long aborted,
    long prepared,
    long undecided,
    long regions,
    long declaredBytes,
    long loggedBytes,
    long mergedTransactions,
    long writes,
    long forces,
    long forcedCommits,
    long truncations,
    long waitsForRoom,
    long segmentBytes,
    long logUsed,
    long logCapacity,
    long recoveredTransactions) {}
