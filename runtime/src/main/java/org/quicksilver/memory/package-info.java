/**
 * Recoverable memory: ranges of files as memory whose changes are made by transactions and outlive
 * the process. {@link org.quicksilver.memory.RecoverableMemory} is the interface; the engines
 * behind it are in packages of their own, {@code lrvm} (redo log; survives a power failure) and
 * {@code vista} (undo log in the file cache; survives the process, not the power). Usable in any
 * program, without the agent and without a node. Knows nothing of transactions across processes: it
 * only offers what a participant in one needs, {@link
 * org.quicksilver.memory.MemoryTransaction#prepare} and {@link
 * org.quicksilver.memory.RecoverableMemory#prepared}.
 *
 * <table>
 * <caption>The calls of the source and ours</caption>
 * <tr><th>source</th><th>here</th></tr>
 * <tr><td>{@code initialize(options)}</td><td>{@code initialize}, a static method of each engine;
 *     runs recovery</td></tr>
 * <tr><td>{@code map(region, options)}</td><td>{@link
 *     org.quicksilver.memory.RecoverableMemory#map}</td></tr>
 * <tr><td>{@code unmap(region)}</td><td>{@link
 *     org.quicksilver.memory.RecoverableMemory#unmap}, {@link
 *     org.quicksilver.memory.Region#close}</td></tr>
 * <tr><td>{@code begin_xact(tid, restore_mode)}</td><td>{@link
 *     org.quicksilver.memory.RecoverableMemory#beginTransaction}; the tid is the object returned
 *     </td></tr>
 * <tr><td>{@code set_range(tid, addr, size)}</td><td>{@link
 *     org.quicksilver.memory.MemoryTransaction#setRange}; an address is a region and an offset
 *     </td></tr>
 * <tr><td>{@code end_xact(tid, commit_mode)}</td><td>{@link
 *     org.quicksilver.memory.MemoryTransaction#endTransaction}</td></tr>
 * <tr><td>{@code abort_xact(tid)}</td><td>{@link
 *     org.quicksilver.memory.MemoryTransaction#abortTransaction}</td></tr>
 * <tr><td>{@code flush()}, {@code truncate()}</td><td>{@link
 *     org.quicksilver.memory.RecoverableMemory#flush}, {@link
 *     org.quicksilver.memory.RecoverableMemory#truncate}</td></tr>
 * <tr><td>{@code query_options}, {@code set_options}</td><td>{@link
 *     org.quicksilver.memory.RecoverableMemory#queryOptions()}, {@link
 *     org.quicksilver.memory.RecoverableMemory#setOptions(MemoryOptions)}, and the same for a
 *     region</td></tr>
 * <tr><td>{@code create_log(options, len, mode)}</td><td>{@code createLog}, a static method of each
 *     engine: it needs no open memory</td></tr>
 * </table>
 *
 * <p>Transactions are not isolated from one another, as in the original: two that change the same
 * bytes at the same time must be kept apart by the caller.
 *
 * <p>Source: recoverable-memory.md; notes on LRVM and RioVista.
 */
@NullMarked
package org.quicksilver.memory;

import org.jspecify.annotations.NullMarked;
