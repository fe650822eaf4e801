package org.quicksilver.local;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.quicksilver.log.LogManager;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Ownership;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Recovery;
import org.quicksilver.transaction.RootTransaction;
import org.quicksilver.transaction.TransactionId;

/**
 * Begins transactions whose participants all live in this JVM, and remembers those that are not
 * over.
 *
 * <p>Threads: any; each transaction is ended by the thread that asks for it, which also waits for
 * the disk. Nothing here has a thread of its own.
 *
 * <p>Durability: a commit is forced if a participant voted recoverable. If the highest vote is
 * volatile nothing is written at all: who is to learn the outcome dies with this JVM. An abort is
 * never written.
 *
 * <p>After a restart, open the manager on the same log with a higher incarnation, say {@link
 * #returned} for each recoverable participant, and have it ask {@link #outcome} of each transaction
 * it is prepared for.
 *
 * <p>Source: transaction-manager.md, "Root", and "After a crash".
 */
public final class LocalManager {

  /** So many names are made once for all transactions. */
  private static final int COMMON_NAMES = 8;

  private final NodeId node;
  private final int incarnation;
  private final Ownership owner;
  private final List<ProcessParticipant> names;
  private final LocalLog log;
  private final AtomicLong lastSequence = new AtomicLong();
  private final Map<TransactionId, LocalTransaction> open = new ConcurrentHashMap<>();

  /** One whose participants vote volatile at most: there is no log to commit others. */
  public LocalManager(NodeId node, int incarnation) {
    this(node, incarnation, LocalLog.NONE);
  }

  private LocalManager(NodeId node, int incarnation, LocalLog log) {
    this.node = node;
    this.incarnation = incarnation;
    this.owner = Ownership.of(incarnation);
    this.names =
        IntStream.range(0, COMMON_NAMES)
            .mapToObj(number -> new ProcessParticipant(incarnation, number))
            .toList();
    this.log = log;
  }

  /**
   * One that commits what is recoverable, and goes on with what an earlier life had committed and
   * not ended.
   *
   * @param log of this JVM alone; stays open when this is given up
   * @param incarnation higher than every one before on this log
   * @throws IOException if the log cannot be read
   */
  public static LocalManager on(LogManager log, NodeId node, int incarnation) throws IOException {
    ForcedRecords records = new ForcedRecords(log);
    LocalManager manager = new LocalManager(node, incarnation, records);
    records.recover().forEach(manager::recover);
    return manager;
  }

  private void recover(TransactionId tid, List<LogRecord> records) {
    Recovery.replay(records)
        .ifPresent(
            state -> {
              LocalTransaction known = new LocalTransaction(this, log, state);
              open.put(tid, known);
              known.restarted();
            });
  }

  /** Begins a transaction. It lasts until it is committed or aborted, or this JVM dies. */
  public LocalTransaction begin() {
    TransactionId tid =
        new TransactionId(node.value(), incarnation, lastSequence.incrementAndGet());
    LocalTransaction begun =
        new LocalTransaction(this, log, RootTransaction.begin(tid, owner).state());
    open.put(tid, begun);
    return begun;
  }

  NodeId node() {
    return node;
  }

  /** What a participant is called in the core. */
  ProcessParticipant participant(int number) {
    return 0 <= number && number < COMMON_NAMES
        ? names.get(number)
        : new ProcessParticipant(incarnation, number);
  }

  void forget(TransactionId tid) {
    open.remove(tid);
  }

  /** Those that are not over; as it is now or was just before. */
  public Collection<LocalTransaction> open() {
    return List.copyOf(open.values());
  }

  /**
   * What became of a transaction of this manager or an earlier life of it: aborted, if nothing is
   * known of it. A recoverable participant is asked to forget before the manager forgets; so
   * whoever is prepared gets the true answer.
   *
   * @return empty while it is not decided
   */
  public Optional<Outcome> outcome(TransactionId tid) {
    LocalTransaction known = open.get(tid);
    return known == null ? Optional.of(Outcome.ABORTED) : Optional.ofNullable(known.outcome());
  }

  /**
   * A recoverable participant of an earlier life is back: it is told of every transaction that was
   * committed with it and of which it has not taken notice.
   *
   * @param number under which it took part
   */
  public void returned(int number, LocalParticipant participant) {
    open().forEach(each -> each.returned(number, participant));
  }

  /** Tells everybody again who was told of an end and threw an exception. */
  public void tellAgain() {
    open().forEach(LocalTransaction::tellAgain);
  }

  /** One that is not over, by its ID. */
  @Nullable LocalTransaction find(TransactionId tid) {
    return open.get(tid);
  }
}
