package org.quicksilver.transaction;

import org.jspecify.annotations.Nullable;

/**
 * One step of one node, as the {@link Checker} sees it.
 *
 * @param from whose message or fate it was, if anybody's
 */
record Event(
    SimulatedNode node,
    String name,
    @Nullable ParticipantId from,
    @Nullable TransactionState before,
    Step step) {

  TransactionState after() {
    return step.state();
  }

  boolean changesNothing() {
    return after().equals(before) && step.actions().isEmpty();
  }

  boolean decides() {
    return after().outcome() != null && (before == null || before.outcome() == null);
  }

  boolean decides(Outcome outcome) {
    return decides() && after().outcome() == outcome;
  }

  boolean isAtRoot() {
    return after().role() instanceof Role.Root;
  }

  boolean enters(Phase phase) {
    return after().phase() == phase && (before == null || before.phase() != phase);
  }

  @Override
  public String toString() {
    String from = before == null ? "-" : before.phase().toString();
    return node.id() + " " + name + ": " + from + " -> " + after().phase() + " " + step.actions();
  }
}
