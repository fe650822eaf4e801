package org.quicksilver.transaction;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks for votes and counts them; what the count leads to is the role's affair.
 *
 * <p>Source: transaction-manager.md, "Participation classes", votes.
 */
final class Ballots {

  /** Too few: all may be away when one in doubt asks; too many: vote requests grow. */
  private static final int MOST_SIBLINGS = 8;

  private Ballots() {}

  /**
   * Asks whoever has not been asked, after what is said already; the immediate ones are told that
   * ending has begun.
   *
   * @param voting the role from then on
   */
  static Step open(TransactionState state, Role voting, Actions.Draft said) {
    return Telling.each(state, voting, Ballots::ask, said);
  }

  /** Asks one that joins while the others have been asked. */
  static Step open(TransactionState state, Participant joining) {
    return Telling.one(state.with(joining), joining, Ballots::ask);
  }

  private static Participant ask(
      TransactionState state, Participant participant, Actions.Draft said) {
    if (participant.progress() != Progress.JOINED) {
      return participant;
    }
    if (participant.isImmediate()) {
      said.add(Telling.send(participant, Message.Ending.BEGUN));
      return participant.advancedTo(Progress.ENDING);
    }
    if (participant.isTwoPhase()) {
      said.add(Telling.send(participant, request(state, participant)));
      return participant.advancedTo(Progress.ASKED);
    }
    return participant;
  }

  /** The request for this participant's vote; only a node can ask witnesses. */
  static Message request(TransactionState state, Participant participant) {
    return participant.id() instanceof NodeParticipant node
        ? new Message.VoteRequest(
            participant.round(), witnesses(state, node), coordinator(state.role()))
        : Message.VoteRequest.withoutWitnesses(participant.round());
  }

  private static @Nullable NodeId coordinator(Role role) {
    if (role instanceof Role.Root root) {
      return root.log();
    }
    return ((Role.Subordinate) role).coordinator();
  }

  /** All the superiors there are, and some siblings: ten thousand would not know more. */
  private static List<NodeParticipant> witnesses(TransactionState state, NodeParticipant asked) {
    return Stream.concat(above(state.role()), siblings(state))
        .filter(witness -> !witness.equals(asked))
        .distinct()
        .toList();
  }

  private static Stream<NodeParticipant> above(Role role) {
    return role instanceof Role.Subordinate subordinate
        ? Stream.concat(Stream.of(subordinate.primary()), subordinate.witnesses().stream())
        : Stream.empty();
  }

  private static Stream<NodeParticipant> siblings(TransactionState state) {
    return state.each().map(Participant::id).flatMap(Ballots::node).limit(MOST_SIBLINGS + 1);
  }

  private static Stream<NodeParticipant> node(ParticipantId id) {
    return id instanceof NodeParticipant node ? Stream.of(node) : Stream.empty();
  }

  /** Enters a vote if it answers a request that is open; null if it is a duplicate or late. */
  static @Nullable TransactionState enter(
      TransactionState state, ParticipantId from, Message.VoteCast cast) {
    Participant voter = state.find(from);
    if (voter == null || voter.progress() != Progress.ASKED || voter.round() != cast.round()) {
      return null;
    }
    return state.with(voter.voted(cast.vote()).reachable(true));
  }

  /** Whether every vote is in. */
  static boolean areComplete(TransactionState state) {
    return !Trait.OWES_VOTE.isIn(state.traits());
  }

  /**
   * The highest vote cast; read-only if nobody had to vote. Not to abort: the first such vote has
   * ended the voting.
   */
  static Vote highest(TransactionState state) {
    int traits = state.traits();
    if (Trait.VOTED_RECOVERABLE.isIn(traits)) {
      return Vote.RECOVERABLE;
    }
    return Trait.VOTED_VOLATILE.isIn(traits) ? Vote.VOLATILE : Vote.READ_ONLY;
  }

  /** Those that must learn the outcome even after a crash. */
  static List<Participant> bound(TransactionState state) {
    Participant[] bound = new Participant[state.participants().size()];
    int count = 0;
    for (Iterator<Participant> each = state.iterator(); each.hasNext(); ) {
      Participant participant = each.next();
      if (participant.vote() == Vote.VOLATILE || participant.vote() == Vote.RECOVERABLE) {
        bound[count++] = participant;
      }
    }
    return List.of(count == bound.length ? bound : Arrays.copyOf(bound, count));
  }
}
