/**
 * Communication manager: frames, messages and their codec, the server of a node (Netty) and the
 * plain client of agents and commands. Knows handles and transaction IDs, not what is done with
 * them.
 */
@NullMarked
package org.quicksilver.comm;

import org.jspecify.annotations.NullMarked;
