/**
 * Threads of ours that do I/O, and how threads wait for one another where being put to sleep and
 * woken would cost as much as what is waited for. Knows no other package of ours, no file and no
 * transaction.
 *
 * <p>Source: design.md, "The parts" (group commit on a private thread that application interrupts
 * cannot reach).
 */
@NullMarked
package org.quicksilver.thread;

import org.jspecify.annotations.NullMarked;
