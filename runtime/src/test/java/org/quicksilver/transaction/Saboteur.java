package org.quicksilver.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Network.Envelope;

/** Plants one {@link Mutation} into the shells of a {@link Cluster}; the core stays as it is. */
final class Saboteur {
  private final Cluster cluster;
  private final Mutation mutation;

  Saboteur(Cluster cluster, Mutation mutation) {
    this.cluster = cluster;
    this.mutation = mutation;
  }

  boolean forces() {
    return mutation != Mutation.SKIPS_THE_FORCE;
  }

  boolean forgetsTombstone(TransactionState state) {
    return mutation == Mutation.RESURRECTS_THE_ENDED && state.phase().isEnded();
  }

  boolean asksTheLog() {
    return mutation != Mutation.DOES_NOT_ASK_THE_LOG;
  }

  Readiness whileRecovering() {
    return mutation == Mutation.ANSWERS_BEFORE_RECOVERED
        ? Readiness.RECOVERED
        : Readiness.RECOVERING;
  }

  Step registration(SimulatedNode node, Step step) {
    return mutation == Mutation.SENDS_BEFORE_REGISTERING
        ? Step.unchanged(cluster.stateOf(node))
        : step;
  }

  void ghost(SimulatedNode node, Envelope old) {
    boolean mayHear = mutation == Mutation.IGNORES_INCARNATIONS && node.isRunning();
    if (mayHear && old.from() instanceof NodeParticipant from) {
      NodeParticipant today = cluster.find(from.node()).id();
      node.inbox.receive(
          new Envelope(today, node.id(), old.message(), old.round(), old.session(), old.sentAt()));
    }
  }

  /** What a mutated core or store would have made of it. */
  Step step(SimulatedNode node, String event, @Nullable ParticipantId from, Step step) {
    TransactionState before = node.state;
    return before == null ? step : mutated(before, event, from, step);
  }

  private Step mutated(
      TransactionState before, String event, @Nullable ParticipantId from, Step step) {
    TransactionState after = step.state();
    boolean isAlone = event.equals("INQUIRY") && before.outcome() == null;
    if (mutation == Mutation.DECIDES_ALONE && isAlone) {
      return SubordinateEnding.abort(before.withFailure("decided alone"));
    } else if (mutation == Mutation.KEEPS_THE_EDGE && event.equals("HandOver") && from != null) {
      return new Step(after.without(from), step.actions());
    } else if (mutation == Mutation.STAYS_COORDINATOR && handsOver(before, after)) {
      return new Step(before, step.actions());
    } else if (mutation == Mutation.LOSES_A_BRANCH && event.equals("absorbed")) {
      return Step.unchanged(before);
    } else if (mutation == Mutation.STAYS_OWNER && event.equals("OwnershipTaken")) {
      return new Step(before.with(before.ownership().kept()), step.actions());
    } else if (mutation == Mutation.PASSES_THE_OPERATORS_WORD_ON && event.equals("Inquire")) {
      return step.then(now -> passOn(now, from));
    }
    return goingFurther(step, after);
  }

  private Step goingFurther(Step step, TransactionState after) {
    boolean isProposing =
        after.phase() == RootPhase.FORCING_COMMIT && ReplicatedOutcome.logOf(after) != null;
    if (mutation == Mutation.COMMITS_BEFORE_AGREED && isProposing) {
      return step.then(RootEnding::commit);
    } else if (mutation == Mutation.TAKES_FAILED_FOR_ENDED && hasFailed(after)) {
      return step.then(RootEnding::abort);
    } else if (mutation == Mutation.FORGETS_TOO_EARLY && after.phase() == RootPhase.COMMITTING) {
      return step.then(RootEnding::ended);
    } else if (mutation == Mutation.TELLS_THE_DELAYED_AT_ONCE) {
      return step.then(Saboteur::tellDelayed);
    }
    return step;
  }

  private static boolean handsOver(TransactionState before, TransactionState after) {
    return before.role() instanceof Role.Root && after.role() instanceof Role.Subordinate;
  }

  private static boolean hasFailed(TransactionState state) {
    return state.phase() == RootPhase.ACTIVE && state.isFailed();
  }

  private static Step tellDelayed(TransactionState state) {
    Step step = Step.unchanged(state);
    for (Participant each : state.participants().values()) {
      if (state.outcome() != null && each.isDelayed() && !each.isTold()) {
        Action told = new Action.Send(each.id(), Endings.message(state, each));
        step = step.then(now -> Step.to(now.with(each.advancedTo(Progress.ENDING)), told));
      }
    }
    return step;
  }

  private static Step passOn(TransactionState state, @Nullable ParticipantId from) {
    Outcome outcome = state.outcome();
    return outcome != null && from != null
        ? Step.to(state, new Action.Send(from, new Message.OutcomeIs(outcome)))
        : Step.unchanged(state);
  }

  /** What a mutated shell does of what the core ordered. */
  List<Action> actions(String event, Step step) {
    boolean isResend = event.equals("reconnected") || event.equals("reborn");
    if (mutation == Mutation.LOSES_THE_RESEND && isResend) {
      return List.of();
    } else if (mutation == Mutation.FORGETS_AN_ACK) {
      return without(step, each -> saysTo(each) instanceof Message.EndAck);
    } else if (mutation == Mutation.HIDES_DAMAGE) {
      return without(step, Action.ReportDamage.class::isInstance);
    } else if (mutation == Mutation.NEVER_WRITES_END) {
      return without(
          step, each -> each instanceof Action.Append lazy && lazy.log() instanceof LogRecord.End);
    } else if (mutation == Mutation.VOTES_READ_ONLY_FOR_VOLATILE) {
      return each(step, Saboteur::readOnly);
    } else if (mutation == Mutation.TELLS_BEFORE_FORCED) {
      return tellingEarly(step);
    } else if (mutation == Mutation.ACKNOWLEDGES_TOO_EARLY) {
      return acknowledgingEarly(step);
    }
    return step.actions();
  }

  private static List<Action> without(Step step, Predicate<Action> unwanted) {
    return step.actions().stream().filter(unwanted.negate()).toList();
  }

  private static List<Action> each(Step step, UnaryOperator<Action> change) {
    return step.actions().stream().map(change).toList();
  }

  private static @Nullable Message saysTo(Action action) {
    return action instanceof Action.Send send ? send.message() : null;
  }

  private static Action readOnly(Action action) {
    return action instanceof Action.Send send
            && send.message() instanceof Message.VoteCast cast
            && cast.vote() == Vote.VOLATILE
        ? new Action.Send(send.to(), new Message.VoteCast(Vote.READ_ONLY, cast.round(), List.of()))
        : action;
  }

  private static List<Action> acknowledgingEarly(Step step) {
    List<Action> actions = new ArrayList<>(step.actions());
    if (step.state().phase() == SubordinatePhase.FORCING_COMMIT) {
      NodeParticipant superior = step.state().subordinate().primary();
      actions.add(new Action.Send(superior, new Message.EndAck()));
    }
    return actions;
  }

  private static List<Action> tellingEarly(Step step) {
    List<Action> actions = new ArrayList<>(step.actions());
    TransactionState state = step.state();
    if (state.phase() == RootPhase.FORCING_COMMIT && state.ownership().isHere()) {
      int owner = state.ownership().localIncarnation();
      actions.add(new Action.TellOwner(owner, Outcome.COMMITTED, List.of()));
    }
    return actions;
  }
}
