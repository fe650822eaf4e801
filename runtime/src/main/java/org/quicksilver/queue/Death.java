package org.quicksilver.queue;

import org.quicksilver.transaction.NodeId;

/**
 * A process that this one spoke with is dead, and everything it said before has been received.
 *
 * @param node where it lived
 * @param incarnation what it was called there, unsigned
 */
public record Death(NodeId node, int incarnation) {}
