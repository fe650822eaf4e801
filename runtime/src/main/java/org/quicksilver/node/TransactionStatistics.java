package org.quicksilver.node;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quicksilver.statistics.Distribution;
import org.quicksilver.statistics.Summary;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.SubordinateDoubt;
import org.quicksilver.transaction.TransactionState;

/**
 * What became of the transactions since this node started, and how fast. Node thread only; lost
 * with the process.
 */
final class TransactionStatistics implements TransactionTable.Watcher {

  /** How transactions ended for those of one class. */
  private static final class Ends {
    private long committed;
    private long aborted;
  }

  /**
   * Participations of one class.
   *
   * @param committed in transactions that were committed
   * @param aborted in those that were aborted
   */
  record OfClass(ParticipationClass participation, long committed, long aborted) {}

  /**
   * How long something takes, microseconds.
   *
   * @param beginToDecided from the moment this node knew a transaction until its outcome; those of
   *     whole processes are left out
   * @param endingToDecided from the wish to end it, or the request to vote, until its outcome
   */
  record Latencies(Summary beginToDecided, Summary endingToDecided) {}

  /**
   * The counts.
   *
   * @param begun made known to this node
   * @param committed outcomes learnt here
   * @param aborted outcomes learnt here
   * @param readOnly ended here without an outcome: left out of phase two, or part of another
   * @param everInDoubt how often one came into doubt, or was found so when the node started
   * @param damaged of which another outcome than the true one was brought about here
   */
  record Counts(
      long begun, long committed, long aborted, long readOnly, long everInDoubt, long damaged) {}

  private final Map<ParticipationClass, Ends> classes = new EnumMap<>(ParticipationClass.class);
  private final Distribution beginToDecided = new Distribution();
  private final Distribution endingToDecided = new Distribution();
  private long begun;
  private long committed;
  private long aborted;
  private long readOnly;
  private long everInDoubt;
  private long damaged;

  TransactionStatistics() {
    for (ParticipationClass each : ParticipationClass.values()) {
      classes.put(each, new Ends());
    }
  }

  @Override
  public void onFound(TransactionState state) {
    everInDoubt += SubordinateDoubt.isInDoubt(state) ? 1 : 0;
  }

  @Override
  public void onPut(
      @Nullable TransactionState before, TransactionState after, Milestones milestones) {
    if (before == null) {
      begun++;
    } else if (before.outcome() == null && after.outcome() != null) {
      // The participants as they were before: at the end they are forgotten.
      decided(before, after.outcome(), milestones);
    } else if (after.outcome() == null && after.phase().isEnded() && !before.phase().isEnded()) {
      readOnly++;
    }
    everInDoubt += isNow(SubordinateDoubt.isInDoubt(after), before, SubordinateDoubt::isInDoubt);
    damaged += isNow(SubordinateDoubt.isDamaged(after), before, SubordinateDoubt::isDamaged);
  }

  private interface Condition {
    boolean holds(TransactionState state);
  }

  private static int isNow(boolean now, @Nullable TransactionState before, Condition condition) {
    return now && (before == null || !condition.holds(before)) ? 1 : 0;
  }

  private void decided(TransactionState state, Outcome outcome, Milestones milestones) {
    boolean isCommit = outcome == Outcome.COMMITTED;
    committed += isCommit ? 1 : 0;
    aborted += isCommit ? 0 : 1;
    for (Participant each : state.participants().values()) {
      Ends ends = Objects.requireNonNull(classes.get(each.participation()));
      ends.committed += isCommit ? 1 : 0;
      ends.aborted += isCommit ? 0 : 1;
    }
    if (state.tid().sequence() > 1) {
      add(beginToDecided, milestones.beganNanos());
      add(endingToDecided, milestones.endingNanos());
    }
  }

  private static void add(Distribution latencies, long fromNanos) {
    if (fromNanos != 0) {
      latencies.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - fromNanos));
    }
  }

  Counts counts() {
    return new Counts(begun, committed, aborted, readOnly, everInDoubt, damaged);
  }

  List<OfClass> classes() {
    return Stream.of(ParticipationClass.values()).map(this::of).toList();
  }

  private OfClass of(ParticipationClass participation) {
    Ends ends = Objects.requireNonNull(classes.get(participation));
    return new OfClass(participation, ends.committed, ends.aborted);
  }

  Latencies latencies() {
    return new Latencies(beginToDecided.summary(), endingToDecided.summary());
  }
}
