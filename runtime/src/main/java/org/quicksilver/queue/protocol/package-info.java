/**
 * The request protocol as state machines: numbers, resending, duplicates, marks, and the frames of
 * the direct channel between two processes. Knows no clock, no thread, no file and no socket; what
 * happens is given to it, what is to be done it says.
 *
 * <p>Source: QuickSilver, "IPC fundamental to system services" (no loss, no duplication).
 */
@NullMarked
package org.quicksilver.queue.protocol;

import org.jspecify.annotations.NullMarked;
