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

  private record Tombstone(TransactionState state, long endedAtMillis) {
    boolean isOld(long nowMillis) {
      boolean aborted = state.outcome() == Outcome.ABORTED;
      Duration keep = aborted ? REMEMBER_ABORTED : REMEMBER_COMMITTED;
      return nowMillis - endedAtMillis > keep.toMillis();
    }
  }

  private final Ledger ledger;
  private final Clock clock;
  private final Consumer<TransactionId> onSettled;
  private final Map<TransactionId, TransactionState> active = new LinkedHashMap<>();
  private final Map<TransactionId, Tombstone> ended = new LinkedHashMap<>();

  /**
   * An empty table.
   *
   * @param onSettled told when one ended of which a successor of this node need know nothing:
   *     nothing is left to be done about it. An aborted one is not among them: it must not be begun
   *     again by a connection that was left open
   */
  TransactionTable(Ledger ledger, Clock clock, Consumer<TransactionId> onSettled) {
    this.ledger = ledger;
    this.clock = clock;
    this.onSettled = onSettled;
  }

  void load() {
    ledger.forEach(
        Section.TRANSACTIONS,
        "",
        StoredTransaction.class,
        (key, stored) -> {
          TransactionState state = stored.state();
          if (state.phase().isEnded()) {
            ended.put(stored.tid(), new Tombstone(state, stored.endedAtMillis()));
          } else {
            active.put(stored.tid(), state);
          }
        });
  }

  /** The transaction of that ID, under way or ended; null if there is none. */
  @Nullable TransactionState find(TransactionId tid) {
    TransactionState state = active.get(tid);
    Tombstone tombstone = ended.get(tid);
    return state == null && tombstone != null ? tombstone.state() : state;
  }

  void put(TransactionState state) {
    if (state.phase().isEnded()) {
      bury(state, clock.millis());
    } else {
      active.put(state.tid(), state);
      store(state, 0);
    }
  }

  /**
   * Puts what the log knows of one, unless as much is known here: after a power failure the store
   * may be older than the log.
   */
  void putUnlessAsFar(TransactionState recovered) {
    TransactionState known = find(recovered.tid());
    if (known == null) {
      put(recovered);
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

  private void bury(TransactionState state, long nowMillis) {
    active.remove(state.tid());
    ended.put(state.tid(), new Tombstone(state, nowMillis));
    if (state.outcome() == Outcome.ABORTED) {
      store(state, nowMillis);
    } else {
      ledger.remove(Section.TRANSACTIONS, state.tid().toString());
      onSettled.accept(state.tid());
    }
  }

  private void store(TransactionState state, long endedAtMillis) {
    ledger.put(
        Section.TRANSACTIONS, state.tid().toString(), StoredTransaction.of(state, endedAtMillis));
  }

  /** Those under way, in the order of their beginning; a copy. */
  Collection<TransactionState> active() {
    return List.copyOf(active.values());
  }

  /** All that are known, the tombstones last; a copy. */
  Collection<TransactionState> all() {
    List<TransactionState> all = new ArrayList<>(active.values());
    ended.values().forEach(tombstone -> all.add(tombstone.state()));
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
      ledger.remove(Section.TRANSACTIONS, tid.toString());
      onForgotten.accept(tid);
    }
  }
}
