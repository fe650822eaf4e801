/**
 * For programs that know of transactions: {@link org.quicksilver.Quicksilver} is where to begin.
 * Speaks to the node over the control channel, through the agent if there is one in this JVM; knows
 * nothing of the node's insides, of its store and log, or of the agent.
 */
@NullMarked
package org.quicksilver;

import org.jspecify.annotations.NullMarked;
