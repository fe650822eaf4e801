package org.quicksilver.transaction;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * One transaction taken through events, one after the other; remembers what the last one led to.
 */
final class Run {
  static final TransactionId TID = new TransactionId(1, 1, 1);
  static final int OWNER = 1;
  static final NodeParticipant SUPERIOR = node(8);
  static final NodeParticipant SUBORDINATE = node(9);

  private Step last;

  private Run(Step first) {
    last = first;
  }

  static Run root(Participant... participants) {
    return new Run(RootTransaction.begin(TID, OWNER)).joined(participants);
  }

  static Run subordinate(Participant... participants) {
    return new Run(SubordinateTransaction.begin(TID, SUPERIOR)).joined(participants);
  }

  static Run of(Step step) {
    return new Run(step);
  }

  private Run joined(Participant... participants) {
    for (Participant each : participants) {
      on(now -> EitherRole.onJoin(now, each));
    }
    return this;
  }

  Run on(Function<TransactionState, Step> event) {
    last = event.apply(last.state());
    return this;
  }

  Run vote(ParticipantId from, Vote vote) {
    return on(now -> EitherRole.onVote(now, from, cast(vote)));
  }

  Run ack(ParticipantId from) {
    return on(now -> EitherRole.onEndAck(now, from));
  }

  /** Answers the force ordered last. */
  Run forced() {
    LogRecord log = forces().get(0);
    return on(now -> EitherRole.onForced(now, log));
  }

  Run ownerCommits() {
    return on(now -> RootVoting.onOwnerCommits(now, 0));
  }

  Run asked() {
    return on(
        now ->
            SubordinateVoting.onVoteRequest(
                now, SUPERIOR, new Message.VoteRequest(1, List.of(node(7)))));
  }

  Run end(Outcome outcome) {
    return on(now -> SubordinateEnding.onEnd(now, SUPERIOR, new Message.End(outcome)));
  }

  TransactionState state() {
    return last.state();
  }

  Phase phase() {
    return state().phase();
  }

  List<Action> actions() {
    return last.actions();
  }

  Participant find(ParticipantId id) {
    return Objects.requireNonNull(state().find(id));
  }

  List<LogRecord> forces() {
    return actions().stream()
        .filter(Action.Force.class::isInstance)
        .map(each -> ((Action.Force) each).log())
        .toList();
  }

  List<LogRecord> appends() {
    return actions().stream()
        .filter(Action.Append.class::isInstance)
        .map(each -> ((Action.Append) each).log())
        .toList();
  }

  /** What the last step says to one, in order. */
  List<Message> saidTo(ParticipantId id) {
    return actions().stream()
        .filter(each -> each instanceof Action.Send send && send.to().equals(id))
        .map(each -> ((Action.Send) each).message())
        .toList();
  }

  static ProcessParticipant process(int incarnation) {
    return new ProcessParticipant(incarnation);
  }

  static NodeParticipant node(int number) {
    return new NodeParticipant(new NodeId(number), 1);
  }

  static Participant participant(
      int incarnation, ParticipationClass participation, DeathEffect onDeath) {
    return Participant.joining(process(incarnation), participation, onDeath);
  }

  static Participant standard(int incarnation) {
    return participant(incarnation, ParticipationClass.ONE_PHASE_STANDARD, DeathEffect.DROP);
  }

  static Participant server(int incarnation) {
    return participant(incarnation, ParticipationClass.ONE_PHASE_STANDARD, DeathEffect.FAIL);
  }

  static Participant immediate(int incarnation) {
    return participant(incarnation, ParticipationClass.ONE_PHASE_IMMEDIATE, DeathEffect.DROP);
  }

  static Participant delayed(int incarnation) {
    return participant(incarnation, ParticipationClass.ONE_PHASE_DELAYED, DeathEffect.DROP);
  }

  static Participant twoPhase(int incarnation) {
    return participant(incarnation, ParticipationClass.TWO_PHASE, DeathEffect.DROP);
  }

  static Participant below() {
    return Participant.joining(SUBORDINATE);
  }

  static Message.VoteCast cast(Vote vote) {
    return cast(vote, 1);
  }

  static Message.VoteCast cast(Vote vote, int round) {
    return new Message.VoteCast(vote, round, List.of());
  }
}
