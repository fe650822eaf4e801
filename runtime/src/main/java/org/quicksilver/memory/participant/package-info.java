/**
 * Recoverable memory in transactions of the transaction manager: {@link
 * org.quicksilver.memory.participant.TransactionalMemory}. Knows the interface of recoverable
 * memory, not its engines, and that of transactions, not the node.
 */
@NullMarked
package org.quicksilver.memory.participant;

import org.jspecify.annotations.NullMarked;
