package org.quicksilver.transaction;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Telling.Told;

/**
 * Asks for votes and counts them; what the count leads to is the role's affair.
 *
 * <p>Source: transaction-manager.md, "Participation classes", votes.
 */
final class Ballots {

  /** Too few: all may be away when one in doubt asks; too many: vote requests grow. */
  private static final int MOST_SIBLINGS = 8;

  private Ballots() {}

  /** Asks whoever has not been asked; the immediate ones are told that ending has begun. */
  static Step open(TransactionState state) {
    return Telling.each(state, participant -> ask(state, participant));
  }

  /** Asks one that joins while the others have been asked. */
  static Step open(TransactionState state, Participant joining) {
    return Telling.one(state, ask(state.with(joining), joining));
  }

  private static Told ask(TransactionState state, Participant participant) {
    if (participant.progress() != Progress.JOINED) {
      return Told.nothing(participant);
    }
    if (participant.isImmediate()) {
      return new Told(participant.advancedTo(Progress.ENDING), new Message.Ending());
    }
    return participant.isTwoPhase()
        ? new Told(participant.advancedTo(Progress.ASKED), request(state, participant))
        : Told.nothing(participant);
  }

  /** The request for this participant's vote; only a node can ask witnesses. */
  static Message request(TransactionState state, Participant participant) {
    return participant.id() instanceof NodeParticipant node
        ? new Message.VoteRequest(
            participant.round(), witnesses(state, node), coordinator(state.role()))
        : new Message.VoteRequest(participant.round(), List.of());
  }

  private static @Nullable NodeId coordinator(Role role) {
    return role instanceof Role.Subordinate subordinate ? subordinate.coordinator() : null;
  }

  /** All the superiors there are, and some siblings: ten thousand would not know more. */
  private static List<NodeParticipant> witnesses(TransactionState state, NodeParticipant asked) {
    return Stream.concat(above(state.role()), below(state).limit(MOST_SIBLINGS + 1))
        .filter(witness -> !witness.equals(asked))
        .distinct()
        .toList();
  }

  private static Stream<NodeParticipant> above(Role role) {
    return role instanceof Role.Subordinate subordinate
        ? Stream.concat(Stream.of(subordinate.primary()), subordinate.witnesses().stream())
        : Stream.empty();
  }

  private static Stream<NodeParticipant> below(TransactionState state) {
    return state.each().map(Participant::id).flatMap(Ballots::node);
  }

  private static Stream<NodeParticipant> node(ParticipantId id) {
    return id instanceof NodeParticipant node ? Stream.of(node) : Stream.empty();
  }

  /** Whether this vote answers a request that is open; otherwise it is a duplicate or late. */
  static boolean isAwaited(TransactionState state, ParticipantId from, Message.VoteCast cast) {
    Participant voter = state.find(from);
    return voter != null && voter.progress() == Progress.ASKED && voter.round() == cast.round();
  }

  /** Enters an awaited vote. */
  static TransactionState enter(TransactionState state, ParticipantId from, Vote vote) {
    Participant voter = Objects.requireNonNull(state.find(from));
    return state.with(voter.voted(vote).reachable(true));
  }

  /** Whether every vote is in. */
  static boolean areComplete(TransactionState state) {
    return !state.has(Trait.OWES_VOTE);
  }

  /**
   * The highest vote cast; read-only if nobody had to vote. Not to abort: the first such vote has
   * ended the voting.
   */
  static Vote highest(TransactionState state) {
    if (state.has(Trait.VOTED_RECOVERABLE)) {
      return Vote.RECOVERABLE;
    }
    return state.has(Trait.VOTED_VOLATILE) ? Vote.VOLATILE : Vote.READ_ONLY;
  }

  /** Those that must learn the outcome even after a crash. */
  static List<Participant> bound(TransactionState state) {
    return state
        .each()
        .filter(each -> each.vote() == Vote.VOLATILE || each.vote() == Vote.RECOVERABLE)
        .toList();
  }
}
