package org.quicksilver.transaction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a transaction from its log records after a power failure. After the mere death of the
 * node process the stored state is newer and this is not needed. Give the result to {@code
 * onRestarted}.
 *
 * <p>Source: transaction-manager.md, "After a crash".
 */
public final class Recovery {

  private Recovery() {}

  /**
   * Replays the records of one transaction.
   *
   * @param log in the order of writing; records of other transactions are not allowed
   * @return the transaction as it has to go on; empty if it is over or was never prepared, that is,
   *     unknown
   */
  public static Optional<TransactionState> replay(List<LogRecord> log) {
    TransactionState state = null;
    for (LogRecord each : log) {
      state = apply(state, each);
    }
    return Optional.ofNullable(state);
  }

  /** The tombstone of one that this node committed and that is over. */
  public static TransactionState committed(TransactionId tid) {
    return new TransactionState(
        tid,
        new Role.Root(RootPhase.ENDED),
        Map.of(),
        List.of(),
        Outcome.COMMITTED,
        Ownership.ELSEWHERE);
  }

  private static @Nullable TransactionState apply(@Nullable TransactionState state, LogRecord log) {
    if (log instanceof LogRecord.Prepared prepared) {
      return prepared(prepared);
    }
    if (log instanceof LogRecord.Commit commit) {
      // A root's own COMMIT may be there twice, ordered again after a restart.
      return state != null && state.role() instanceof Role.Subordinate
          ? decided(state, Outcome.COMMITTED)
          : root(commit);
    }
    if (log instanceof LogRecord.Heuristic heuristic && state != null) {
      return decided(SubordinateDoubt.resolved(state, heuristic.outcome()), heuristic.outcome());
    }
    return null;
  }

  private static TransactionState prepared(LogRecord.Prepared log) {
    Role role =
        Role.Subordinate.under(log.primary())
            .asked(log.coordinator(), log.round(), log.witnesses())
            .in(SubordinatePhase.PREPARED);
    return new TransactionState(
        log.tid(), role, byId(log.participants()), List.of(), null, Ownership.ELSEWHERE);
  }

  private static TransactionState root(LogRecord.Commit log) {
    Role role = new Role.Root(RootPhase.COMMITTING);
    Map<ParticipantId, Participant> participants = byId(log.participants());
    return new TransactionState(
        log.tid(), role, participants, List.of(), Outcome.COMMITTED, Ownership.ELSEWHERE);
  }

  private static TransactionState decided(TransactionState prepared, Outcome outcome) {
    SubordinatePhase phase =
        outcome == Outcome.COMMITTED ? SubordinatePhase.COMMITTING : SubordinatePhase.ABORTING;
    return prepared.withOutcome(outcome).in(phase);
  }

  private static Map<ParticipantId, Participant> byId(List<Participant> participants) {
    Map<ParticipantId, Participant> byId = new LinkedHashMap<>();
    participants.forEach(each -> byId.put(each.id(), each));
    return byId;
  }
}
