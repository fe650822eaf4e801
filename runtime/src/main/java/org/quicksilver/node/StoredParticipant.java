package org.quicksilver.node;

import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Progress;
import org.quicksilver.transaction.Vote;

/**
 * A participant as the store keeps it; see {@link Participant}.
 *
 * @param node 0 for a process
 * @param incarnation of the process or of the node
 * @param number of the process's participant
 */
record StoredParticipant(
    long node,
    int incarnation,
    int number,
    ParticipationClass participation,
    DeathEffect onDeath,
    Progress progress,
    @Nullable Vote vote,
    int round,
    boolean reachable) {

  static StoredParticipant of(Participant participant) {
    return new StoredParticipant(
        participant.id() instanceof NodeParticipant node ? node.node().value() : 0,
        incarnation(participant.id()),
        participant.id() instanceof ProcessParticipant process ? process.number() : 0,
        participant.participation(),
        participant.onDeath(),
        participant.progress(),
        participant.vote(),
        participant.round(),
        participant.reachable());
  }

  static int incarnation(ParticipantId id) {
    return id instanceof NodeParticipant node
        ? node.incarnation()
        : ((ProcessParticipant) id).incarnation();
  }

  Participant participant() {
    return new Participant(
        id(node, incarnation, number), participation, onDeath, progress, vote, round, reachable);
  }

  static ParticipantId id(long node, int incarnation, int number) {
    return node == 0
        ? new ProcessParticipant(incarnation, number)
        : new NodeParticipant(new NodeId(node), incarnation);
  }
}
