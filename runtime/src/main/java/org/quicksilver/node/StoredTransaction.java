package org.quicksilver.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Ownership;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Progress;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.RootPhase;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;
import org.quicksilver.transaction.Vote;

/**
 * A transaction as the store keeps it: {@link TransactionState} of a root, flat, with the time of
 * its end.
 *
 * @param tid which transaction
 * @param owner incarnation of the process that owns it
 * @param phase where it stands
 * @param participants who takes part, in the order of joining
 * @param failures why it can only abort
 * @param outcome once decided
 * @param endedAtMillis when only the tombstone was left, milliseconds since 1970; 0 before
 */
record StoredTransaction(
    TransactionId tid,
    int owner,
    RootPhase phase,
    List<StoredParticipant> participants,
    List<String> failures,
    @Nullable Outcome outcome,
    long endedAtMillis) {

  /** One participant; see {@link Participant}. */
  record StoredParticipant(
      int incarnation,
      int number,
      ParticipationClass participation,
      DeathEffect onDeath,
      Progress progress,
      @Nullable Vote vote,
      int round,
      boolean reachable) {

    static StoredParticipant of(Participant participant) {
      ProcessParticipant id = (ProcessParticipant) participant.id();
      return new StoredParticipant(
          id.incarnation(),
          id.number(),
          participant.participation(),
          participant.onDeath(),
          participant.progress(),
          participant.vote(),
          participant.round(),
          participant.reachable());
    }

    Participant participant() {
      return new Participant(
          new ProcessParticipant(incarnation, number),
          participation,
          onDeath,
          progress,
          vote,
          round,
          reachable);
    }
  }

  static StoredTransaction of(TransactionState state, long endedAtMillis) {
    return new StoredTransaction(
        state.tid(),
        state.ownership().localIncarnation(),
        state.root().phase(),
        state.participants().values().stream().map(StoredParticipant::of).toList(),
        state.failures(),
        state.outcome(),
        endedAtMillis);
  }

  TransactionState state() {
    Map<ParticipantId, Participant> all = new LinkedHashMap<>();
    for (StoredParticipant stored : participants) {
      Participant participant = stored.participant();
      all.put(participant.id(), participant);
    }
    return new TransactionState(
        tid, new Role.Root(phase), all, failures, outcome, Ownership.of(owner));
  }
}
