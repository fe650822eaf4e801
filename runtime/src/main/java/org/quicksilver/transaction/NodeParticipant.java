package org.quicksilver.transaction;

/**
 * One life of a node: a subordinate seen from above, or a superior seen from below.
 *
 * @param node which node
 * @param incarnation raised durably at each start of that node, unsigned
 */
public record NodeParticipant(NodeId node, int incarnation) implements ParticipantId {

  /** Whether both are lives of one node and this is the earlier one. */
  boolean isOlderThan(NodeParticipant other) {
    return node.equals(other.node) && Integer.compareUnsigned(incarnation, other.incarnation) < 0;
  }

  @Override
  public String toString() {
    return "node " + node + ":" + Integer.toUnsignedString(incarnation);
  }
}
