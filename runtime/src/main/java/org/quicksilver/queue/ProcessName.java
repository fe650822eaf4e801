package org.quicksilver.queue;

import org.quicksilver.transaction.NodeId;

/**
 * One life of a process somewhere.
 *
 * @param node identity of its node
 * @param incarnation its number there
 */
record ProcessName(long node, int incarnation) {

  Death death() {
    return new Death(new NodeId(node), incarnation);
  }

  @Override
  public String toString() {
    return "process "
        + Integer.toUnsignedString(incarnation)
        + " of node "
        + Long.toHexString(node);
  }
}
