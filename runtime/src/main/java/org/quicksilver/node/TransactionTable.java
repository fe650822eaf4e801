package org.quicksilver.node;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.RootPhase;
import org.quicksilver.transaction.SubordinateDoubt;
import org.quicksilver.transaction.SubordinatePhase;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * The transactions that this node knows: those under way, and the tombstones of those that ended.
 * Node thread only; what is put survives the process.
 */
final class TransactionTable {

  /** Late messages about a committed one come within seconds. */
  private static final Duration REMEMBER_COMMITTED = Duration.ofMinutes(1);

  /** An aborted one's connection may stay open where the policy only observes. */
  private static final Duration REMEMBER_ABORTED = Duration.ofHours(1);

  /** People have to find out what an operator's word has done. */
  private static final Duration REMEMBER_DAMAGED = Duration.ofDays(7);

  /** {@link Memory} has a key beside them. */
  private static final String KEY_PREFIX = "tid ";

  /** Told of every change, before it is acted upon. */
  interface Watcher {
    /** One was found in the store. */
    void onFound(TransactionState state);

    /**
     * One has changed.
     *
     * @param before null if it was not known
     */
    void onPut(@Nullable TransactionState before, TransactionState after, Milestones milestones);
  }

  /**
   * What is known of one.
   *
   * @param endedAtMillis when only the tombstone was left; 0 before
   */
  record Known(TransactionState state, Milestones milestones, long endedAtMillis) {

    private boolean isOld(long nowMillis) {
      Duration keep = state.outcome() == Outcome.ABORTED ? REMEMBER_ABORTED : REMEMBER_COMMITTED;
      keep = SubordinateDoubt.isDamaged(state) ? REMEMBER_DAMAGED : keep;
      return nowMillis - endedAtMillis > keep.toMillis();
    }

    private boolean isToBeStored() {
      return endedAtMillis == 0
          || state.outcome() == Outcome.ABORTED
          || SubordinateDoubt.isDamaged(state);
    }
  }

  private final Ledger ledger;
  private final Clock clock;
  private final Watcher watcher;
  private final Consumer<TransactionId> onSettled;
  private final Map<TransactionId, Known> active = new LinkedHashMap<>();
  private final Map<TransactionId, Known> ended = new LinkedHashMap<>();

  /**
   * An empty table.
   *
   * @param onSettled told when one ended of which a successor of this node need know nothing:
   *     nothing is left to be done about it. An aborted one is not among them: it must not be begun
   *     again by a connection that was left open
   */
  TransactionTable(Ledger ledger, Clock clock, Watcher watcher, Consumer<TransactionId> onSettled) {
    this.ledger = ledger;
    this.clock = clock;
    this.watcher = watcher;
    this.onSettled = onSettled;
  }

  void load() {
    ledger.forEach(
        Section.TRANSACTIONS,
        KEY_PREFIX,
        TransactionImage::read,
        (key, known) -> {
          TransactionState state = known.state();
          (state.phase().isEnded() ? ended : active).put(state.tid(), known);
          watcher.onFound(state);
        });
  }

  private static String key(TransactionId tid) {
    return KEY_PREFIX + tid;
  }

  /** The transaction of that ID, under way or ended; null if there is none. */
  @Nullable TransactionState find(TransactionId tid) {
    Known known = known(tid);
    return known == null ? null : known.state();
  }

  /** The same, with what is known beside its state. */
  @Nullable Known known(TransactionId tid) {
    Known known = active.get(tid);
    return known == null ? ended.get(tid) : known;
  }

  void put(TransactionState state) {
    put(state, Milestones.begun(clock.millis()));
  }

  /**
   * Puts one.
   *
   * @param ifNew its milestones if it is not known yet
   */
  private void put(TransactionState state, Milestones ifNew) {
    Known before = known(state.tid());
    Milestones milestones = before == null ? ifNew : before.milestones();
    milestones = milestones.inDoubt(SubordinateDoubt.isInDoubt(state), clock.millis());
    if (before != null && isActive(before.state()) && !isActive(state)) {
      milestones = milestones.ending();
    }
    if (state.phase().isEnded()) {
      bury(new Known(state, milestones, clock.millis()));
    } else {
      Known now = new Known(state, milestones, 0);
      active.put(state.tid(), now);
      store(now);
    }
    watcher.onPut(before == null ? null : before.state(), state, milestones);
  }

  private static boolean isActive(TransactionState state) {
    return state.phase() == RootPhase.ACTIVE || state.phase() == SubordinatePhase.ACTIVE;
  }

  /**
   * Puts what the log knows of one, unless as much is known here: after a power failure the store
   * may be older than the log.
   */
  void putUnlessAsFar(TransactionState recovered) {
    TransactionState known = find(recovered.tid());
    if (known == null) {
      put(recovered, Milestones.UNKNOWN);
    } else if (isFurther(recovered, known)) {
      put(merged(recovered, known));
    }
  }

  /** The log keeps no owner, and only those that must learn the outcome. */
  private static TransactionState merged(TransactionState recovered, TransactionState known) {
    Map<ParticipantId, Participant> all = new LinkedHashMap<>(known.participants());
    all.putAll(recovered.participants());
    return new TransactionState(
        known.tid(),
        recovered.role(),
        all,
        recovered.failures(),
        recovered.outcome(),
        known.ownership());
  }

  private static boolean isFurther(TransactionState recovered, TransactionState known) {
    boolean isForcing =
        known.phase() == RootPhase.FORCING_COMMIT
            || known.phase() == SubordinatePhase.FORCING_COMMIT;
    boolean isPrepared = known.phase() == SubordinatePhase.PREPARED;
    return known.outcome() == null
        && !isForcing
        && !(isPrepared && recovered.phase() == SubordinatePhase.PREPARED);
  }

  private void bury(Known tombstone) {
    TransactionId tid = tombstone.state().tid();
    active.remove(tid);
    ended.put(tid, tombstone);
    if (tombstone.isToBeStored()) {
      store(tombstone);
    } else {
      ledger.remove(Section.TRANSACTIONS, key(tid));
      onSettled.accept(tid);
    }
  }

  private void store(Known known) {
    ledger.put(Section.TRANSACTIONS, key(known.state().tid()), TransactionImage.write(known));
  }

  /** Those under way, in the order of their beginning; a copy. */
  Collection<TransactionState> active() {
    return active.values().stream().map(Known::state).toList();
  }

  /** How many are under way. */
  int countActive() {
    return active.size();
  }

  /** All that are known, the tombstones last; a copy. */
  Collection<Known> all() {
    List<Known> all = new ArrayList<>(active.values());
    all.addAll(ended.values());
    return all;
  }

  /** Forgets the tombstones nobody will ask for any more, and tells whose they were. */
  void forgetOld(Consumer<TransactionId> onForgotten) {
    List<TransactionId> old =
        ended.values().stream()
            .filter(tombstone -> tombstone.isOld(clock.millis()))
            .map(tombstone -> tombstone.state().tid())
            .toList();
    for (TransactionId tid : old) {
      ended.remove(tid);
      ledger.remove(Section.TRANSACTIONS, key(tid));
      onForgotten.accept(tid);
    }
  }
}
