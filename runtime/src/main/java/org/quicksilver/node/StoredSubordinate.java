package org.quicksilver.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Authority;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.SubordinatePhase;

/**
 * The role of a node that reports to another, as the store keeps it; see {@link Role.Subordinate}.
 *
 * @param coordinator 0 until it is known
 */
record StoredSubordinate(
    SubordinatePhase phase,
    Life primary,
    List<Life> others,
    long coordinator,
    int round,
    List<Life> witnesses,
    List<Life> owed,
    boolean superiorLost,
    Authority decidedBy) {

  /** One life of a node. */
  record Life(long node, int incarnation) {
    static Life of(NodeParticipant id) {
      return new Life(id.node().value(), id.incarnation());
    }

    NodeParticipant id() {
      return new NodeParticipant(new NodeId(node), incarnation);
    }
  }

  static StoredSubordinate of(Role.Subordinate role) {
    NodeId decides = role.coordinator();
    return new StoredSubordinate(
        role.phase(),
        Life.of(role.primary()),
        lives(role.others()),
        decides == null ? 0 : decides.value(),
        role.round(),
        lives(role.witnesses()),
        lives(role.owed()),
        role.superiorLost(),
        role.decidedBy());
  }

  private static List<Life> lives(List<NodeParticipant> nodes) {
    return nodes.stream().map(Life::of).toList();
  }

  Role.Subordinate role() {
    @Nullable NodeId decides = coordinator == 0 ? null : new NodeId(coordinator);
    return new Role.Subordinate(
        phase,
        primary.id(),
        nodes(others),
        decides,
        round,
        nodes(witnesses),
        nodes(owed),
        superiorLost,
        decidedBy);
  }

  private static List<NodeParticipant> nodes(List<Life> lives) {
    return lives.stream().map(Life::id).toList();
  }
}
