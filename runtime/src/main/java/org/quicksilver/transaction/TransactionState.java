package org.quicksilver.transaction;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that one node knows about one transaction. Immutable; every event makes a new one.
 *
 * @param tid which transaction
 * @param role what this node is to it, and the phase
 * @param participants who takes part directly below this node, in the order of joining
 * @param failures why it can only abort, in the order in which they came, the first {@value
 *     #MOST_FAILURES}; not empty whenever the outcome is to abort
 * @param outcome once decided here; from then on never changed
 * @param ownership who may commit, as far as this node has to know
 */
public record TransactionState(
    TransactionId tid,
    Role role,
    Map<ParticipantId, Participant> participants,
    List<String> failures,
    @Nullable Outcome outcome,
    Ownership ownership) {

  /** Further failures are only seen where they happen: a transaction has a bounded size. */
  static final int MOST_FAILURES = 64;

  /** Copies the collections; keeps the order of the participants. */
  public TransactionState {
    participants = Participants.of(participants);
    failures = List.copyOf(failures);
  }

  /** Where the transaction stands. */
  public Phase phase() {
    return role.phase();
  }

  /** Whether it can only abort from now on. */
  public boolean isFailed() {
    return !failures.isEmpty();
  }

  /**
   * The role of the node that decides.
   *
   * @throws IllegalStateException if this node is a subordinate
   */
  public Role.Root root() {
    if (role instanceof Role.Root root) {
      return root;
    }
    throw new IllegalStateException(tid + ": this node is not the root but " + role);
  }

  /**
   * The role of a node that reports to a superior.
   *
   * @throws IllegalStateException if this node is the root
   */
  public Role.Subordinate subordinate() {
    if (role instanceof Role.Subordinate subordinate) {
      return subordinate;
    }
    throw new IllegalStateException(tid + ": this node is not a subordinate but " + role);
  }

  Stream<Participant> each() {
    return participants.values().stream();
  }

  /** The participants in the order of joining, for those who count every object. */
  Iterator<Participant> iterator() {
    return all().iterator();
  }

  private Participants all() {
    return (Participants) participants;
  }

  @Nullable Participant find(ParticipantId id) {
    return all().find(id);
  }

  /** The bits of every {@link Trait} that any participant has. */
  int traits() {
    return all().traits();
  }

  /** In another role, and each participant changed, in the order of joining. */
  TransactionState withEach(Role next, UnaryOperator<Participant> change) {
    return new TransactionState(tid, next, all().mapped(change), failures, outcome, ownership);
  }

  TransactionState in(RootPhase next) {
    return with(root().in(next));
  }

  TransactionState in(SubordinatePhase next) {
    return with(subordinate().in(next));
  }

  TransactionState with(Role next) {
    return new TransactionState(tid, next, participants, failures, outcome, ownership);
  }

  TransactionState with(Participant participant) {
    return withParticipants(all().with(participant));
  }

  TransactionState without(ParticipantId id) {
    return withParticipants(all().without(id));
  }

  TransactionState withParticipants(Map<ParticipantId, Participant> next) {
    return new TransactionState(tid, role, next, failures, outcome, ownership);
  }

  /** The same reason twice is a duplicate of one failure. */
  TransactionState withFailure(String reason) {
    return withFailures(List.of(reason));
  }

  TransactionState withFailures(List<String> reasons) {
    List<String> next =
        Stream.concat(failures.stream(), reasons.stream())
            .distinct()
            .limit(MOST_FAILURES)
            .collect(Collectors.toUnmodifiableList());
    return next.equals(failures)
        ? this
        : new TransactionState(tid, role, participants, next, outcome, ownership);
  }

  TransactionState with(Ownership next) {
    return new TransactionState(tid, role, participants, failures, outcome, next);
  }

  /** Over; nobody takes part any more. */
  TransactionState tombstone(Role ended) {
    return new TransactionState(tid, ended, FewParticipants.NONE, failures, outcome, ownership);
  }

  /** Decided, and on the way to its end. */
  TransactionState ending(RootPhase next, Outcome decided) {
    return new TransactionState(tid, root().in(next), participants, failures, decided, ownership);
  }

  TransactionState withOutcome(Outcome decided) {
    return new TransactionState(tid, role, participants, failures, decided, ownership);
  }
}
