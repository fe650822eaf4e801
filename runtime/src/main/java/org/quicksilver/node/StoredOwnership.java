package org.quicksilver.node;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Ownership;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ProcessParticipant;

/**
 * Who owns a transaction, as the store keeps it; see {@link Ownership}.
 *
 * @param node 0 unless the owner is behind a node
 * @param incarnation of the process or of the node; 0 if the owner is elsewhere
 * @param number of the process's participant
 */
record StoredOwnership(
    long node,
    int incarnation,
    int number,
    List<Long> openRequests,
    boolean wantsCommit,
    int term,
    boolean awaitsTaken,
    int moves,
    StoredSubordinate.@Nullable Life goesTo) {

  static StoredOwnership of(Ownership ownership) {
    ParticipantId owner = ownership.owner();
    return new StoredOwnership(
        owner instanceof NodeParticipant node ? node.node().value() : 0,
        owner == null ? 0 : StoredParticipant.incarnation(owner),
        owner instanceof ProcessParticipant process ? process.number() : 0,
        List.copyOf(ownership.openRequests()),
        ownership.wantsCommit(),
        ownership.term(),
        ownership.awaitsTaken(),
        ownership.moves(),
        ownership.goesTo() == null ? null : StoredSubordinate.Life.of(ownership.goesTo()));
  }

  Ownership ownership() {
    return new Ownership(
        owner(),
        Set.copyOf(openRequests),
        wantsCommit,
        term,
        awaitsTaken,
        moves,
        goesTo == null ? null : goesTo.id());
  }

  private @Nullable ParticipantId owner() {
    return incarnation == 0 ? null : StoredParticipant.id(node, incarnation, number);
  }
}
