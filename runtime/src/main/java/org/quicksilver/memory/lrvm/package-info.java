/**
 * LRVM: the engine with a redo log, {@link org.quicksilver.memory.lrvm.Lrvm}. Knows nothing of the
 * other engine, and nothing of nodes, agents and transactions across processes.
 *
 * <p>Deviations from the source, and why:
 *
 * <ul>
 *   <li>Group commit: concurrent flushed commits share one force. The original forced for each.
 *   <li>{@code truncate()} flushes first: what is committed and pending gets into the segments,
 *       too.
 *   <li>{@code create_log} is given a length, which is rounded down to whole sectors, and makes
 *       real zeros: a commit never finds the disk full.
 *   <li>Free space of the log is made zeros again before it is reused: only so can a torn end be
 *       told from damage. It costs a second, sequential, write of the log in the background.
 *   <li>Header blocks are written one after the other with the same content; the original had a
 *       status block and a copy.
 *   <li>A region has its place wherever Java puts it, and an address is a region and an offset:
 *       Java has no pointers. Unmapping leaves it to the collector to give the pages back, for a
 *       thread that still used them would take the process with it.
 *   <li>An abort of a transaction without old values is refused; the original left it undefined.
 *   <li>Transactions can be prepared. An undecided one is copied on by truncation, so that it does
 *       not hold up the log; it needs three times its size, and all together no more than half of
 *       the log.
 * </ul>
 *
 * <p>Commits get their order under one lock ({@code CommitLog}), without I/O; one thread writes and
 * forces ({@code LogWriter}); one more recovers, truncates and maps ({@code Worker}). Recovery has
 * no threads: a test runs it on a hundred thousand disks.
 */
@NullMarked
package org.quicksilver.memory.lrvm;

import org.jspecify.annotations.NullMarked;
