/**
 * Vista: recoverable memory whose memory is the file cache, after RioVista. A segment is mapped and
 * shared with the file; what is stored outlives the process at that instant, with no system call
 * and no copy to a log of new values. {@link org.quicksilver.memory.MemoryTransaction#setRange}
 * copies the old bytes into an undo log that is mapped likewise; a commit is one store, an abort
 * copies back, and a crash is an abort.
 *
 * <p>It survives the process, not the power: the battery that the source has is not there. So a log
 * that was open when the machine died is refused, see {@link
 * org.quicksilver.memory.vista.AfterMachineDied}.
 *
 * <p>Deviations from the source: undo records are made range by range as they are declared, not of
 * a whole region at the beginning; a prepared transaction survives a crash undecided.
 *
 * <p>Knows the interface and the storage of {@code org.quicksilver.memory}, and nothing of the
 * other engine.
 *
 * <p>Source: recoverable-memory.md, "Vista"; notes on RioVista, "Vista".
 */
@NullMarked
package org.quicksilver.memory.vista;

import org.jspecify.annotations.NullMarked;
