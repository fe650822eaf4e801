/**
 * Ground floor: transaction IDs, participants, votes, and the transaction manager as a pure state
 * machine. Knows no clock, no thread, no random number and no I/O, and no other package of ours.
 */
@NullMarked
package org.quicksilver.transaction;

import org.jspecify.annotations.NullMarked;
