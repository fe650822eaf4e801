package org.quicksilver.transaction;

import java.util.List;
import java.util.function.Function;

/**
 * What an event leads to: the new state, to be stored first, and what to do then, in order.
 *
 * @param state the transaction after the event; the identical object if nothing changed
 * @param actions what to do
 */
public record Step(TransactionState state, List<Action> actions) {

  /** Copies the list. */
  public Step {
    actions = Actions.copyOf(actions);
  }

  /**
   * Whether this step refuses one that wanted to join: then nothing may be sent to it under this
   * transaction (register before send).
   */
  public boolean refuses(ParticipantId joining) {
    for (Action each : actions) {
      if (each instanceof Action.Send send
          && send.message() instanceof Message.JoinRefused
          && send.to().equals(joining)) {
        return true;
      }
    }
    return false;
  }

  /** Nothing to do beyond storing the state. */
  static Step to(TransactionState state) {
    return new Step(state, List.of());
  }

  static Step to(TransactionState state, List<Action> actions) {
    return new Step(state, actions);
  }

  static Step to(TransactionState state, Action... actions) {
    return new Step(state, Actions.of(actions));
  }

  /** The event is a duplicate, late, or of no account here. */
  static Step unchanged(TransactionState state) {
    return new Step(state, List.of());
  }

  /** This step, then at once the next one from its state. */
  Step then(Function<TransactionState, Step> next) {
    return and(next.apply(state));
  }

  /** This step, and the one that was made from its state. */
  Step and(Step second) {
    if (actions.isEmpty()) {
      return second;
    }
    return second.state == state && second.actions.isEmpty()
        ? this
        : new Step(second.state, Actions.both(actions, second.actions));
  }
}
