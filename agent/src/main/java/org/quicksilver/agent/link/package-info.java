/**
 * The agent's end of the control channel, and what comes of it: the end of transactions,
 * reclaiming, reports. All of it runs on two daemon threads of our own. Knows the tracker's handles
 * and branches; nothing of bytecode; of the node only how to embed one.
 */
@NullMarked
package org.quicksilver.agent.link;

import org.jspecify.annotations.NullMarked;
