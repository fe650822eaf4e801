package org.quicksilver.transaction;

import java.util.function.BiFunction;

/**
 * Merges a provisional transaction into the one it turns out to be a branch of.
 *
 * <p>Source: design.md section 4, "The link costs no message on the application's path".
 */
public final class Branches {

  private Branches() {}

  /** One that is already ending is no longer moved; but if it aborts, the whole is failed. */
  static Step absorb(
      TransactionState into,
      TransactionState provisional,
      BiFunction<TransactionState, Participant, Step> join,
      BiFunction<TransactionState, String, Step> fail) {
    Step step = Step.unchanged(into);
    if (provisional.phase() == RootPhase.ACTIVE) {
      for (Participant each : provisional.participants().values()) {
        step = step.then(now -> join.apply(now, afresh(each)));
      }
    }
    for (String reason : provisional.failures()) {
      step = step.then(now -> fail.apply(now, reason));
    }
    return step;
  }

  /**
   * What it was told under the provisional name does not count: it holds its handles under the new
   * one.
   */
  private static Participant afresh(Participant participant) {
    return Participant.joining(
        participant.id(), participant.participation(), participant.onDeath());
  }

  /**
   * The provisional transaction is one no more: nobody is told, since its participants live on
   * under the other name. One that is already ending goes on: it tells its participants itself.
   */
  public static Step onAbsorbed(TransactionState provisional) {
    if (provisional.root().phase() != RootPhase.ACTIVE) {
      return Step.unchanged(provisional);
    }
    return Step.to(
        provisional.tombstone(provisional.root().in(RootPhase.ENDED)), new Action.Forget(null));
  }
}
