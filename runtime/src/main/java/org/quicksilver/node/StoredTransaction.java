package org.quicksilver.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.RootPhase;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * A transaction as the store keeps it: {@link TransactionState}, flat, with the time of its end.
 *
 * @param tid which transaction
 * @param root where it stands if this node decides
 * @param subordinate where it stands if this node reports to another
 * @param participants who takes part, in the order of joining
 * @param failures why it can only abort
 * @param outcome once decided
 * @param ownership who may commit
 * @param beganAtMillis when this node first knew it, milliseconds since 1970; 0 if that is not
 *     known
 * @param doubtSinceMillis since when it is in doubt; 0 if it is not
 * @param endedAtMillis when only the tombstone was left, milliseconds since 1970; 0 before
 */
record StoredTransaction(
    TransactionId tid,
    @Nullable RootPhase root,
    @Nullable StoredSubordinate subordinate,
    List<StoredParticipant> participants,
    List<String> failures,
    @Nullable Outcome outcome,
    StoredOwnership ownership,
    long beganAtMillis,
    long doubtSinceMillis,
    long endedAtMillis) {

  static StoredTransaction of(TransactionState state, Milestones milestones, long endedAtMillis) {
    return new StoredTransaction(
        state.tid(),
        state.role() instanceof Role.Root root ? root.phase() : null,
        state.role() instanceof Role.Subordinate role ? StoredSubordinate.of(role) : null,
        state.participants().values().stream().map(StoredParticipant::of).toList(),
        state.failures(),
        state.outcome(),
        StoredOwnership.of(state.ownership()),
        milestones.beganAtMillis(),
        milestones.doubtSinceMillis(),
        endedAtMillis);
  }

  Milestones milestones() {
    return Milestones.stored(beganAtMillis, doubtSinceMillis);
  }

  TransactionState state() {
    Map<ParticipantId, Participant> all = new LinkedHashMap<>();
    for (StoredParticipant stored : participants) {
      Participant participant = stored.participant();
      all.put(participant.id(), participant);
    }
    return new TransactionState(tid, role(), all, failures, outcome, ownership.ownership());
  }

  private Role role() {
    if (subordinate != null) {
      return subordinate.role();
    }
    if (root == null) {
      throw new IllegalStateException("transaction " + tid + " is stored without its phase");
    }
    return new Role.Root(root);
  }
}
