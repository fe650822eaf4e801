package org.quicksilver.node.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.log.ForcedLog;
import org.quicksilver.log.LogLimits;
import org.quicksilver.log.LogParticipant;
import org.quicksilver.log.SimulatedDisk;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;

/**
 * The real table of completions with a real log on a simulated disk, on a node whose transactions
 * commit, or abort, when the schedule says so. Its store survives its process; of what was not
 * forced a power failure leaves anything.
 */
public final class SimulatedNode implements CompletionPorts, QueueWires, CompletionLog.Log {

  private static final LogLimits SMALL = new LogLimits(8192, 1 << 20, 8192);
  private static final LogParticipant COMPLETIONS = new LogParticipant("requests");
  private static final LogParticipant COMMITS = LogParticipant.TRANSACTION_MANAGER;

  /** Longest completion in the store, and longest part of one in the log, bytes. */
  private static final int LONGEST = 4;

  private final Random random;
  private final BiConsumer<Integer, QueueMessage.ToProgram> told;
  private final Consumer<TransactionId> committed;
  private final IntPredicate lives;
  private final Map<RequestId, List<KeptCompletion>> store = new LinkedHashMap<>();
  private final Map<RequestId, Set<Integer>> givenUp = new HashMap<>();
  private final Map<TransactionId, Outcome> outcomes = new HashMap<>();
  private final Set<TransactionId> active = new HashSet<>();
  private final Set<TransactionId> durable = new HashSet<>();
  private final Set<TransactionId> forcing = new HashSet<>();
  private final Map<TransactionId, Integer> committing = new LinkedHashMap<>();
  private final List<Runnable> forces = new ArrayList<>();
  private final List<Runnable> writes = new ArrayList<>();
  private boolean isAllForced;
  private SimulatedDisk disk = new SimulatedDisk();
  private ForcedLog log;
  private CompletionLog completions;
  private CompletionTable table;

  /**
   * Knows nothing.
   *
   * @param committed what commits a transaction's effects
   * @param lives whether a process lives
   */
  public SimulatedNode(
      Random random,
      BiConsumer<Integer, QueueMessage.ToProgram> told,
      Consumer<TransactionId> committed,
      IntPredicate lives) {
    this.random = random;
    this.told = told;
    this.committed = committed;
    this.lives = lives;
    begin();
  }

  private void begin() {
    completions = new CompletionLog(LONGEST);
    table = new CompletionTable(this, this);
    Map<RequestId, CompletionEntry> entries = new LinkedHashMap<>();
    try {
      log = ForcedLog.open(disk, SMALL);
      log.read(COMMITS, 0, entry -> committed(transaction(entry.payload())));
      log.read(COMPLETIONS, 0, entry -> completions.onFound(entry.lsn(), entry.payload()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    completions.found().forEach(each -> entries.put(each.request(), each));
    store.forEach(
        (id, versions) -> {
          CompletionEntry entry = versions.get(versions.size() - 1).entry(entries.get(id));
          if (entry != null) {
            entries.put(id, entry);
          }
        });
    entries.values().forEach(table::onFound);
    givenUp.forEach((id, servers) -> servers.forEach(each -> table.onGivenUp(id, each)));
  }

  private static byte[] bytes(TransactionId id) {
    return ByteBuffer.allocate(12).putInt(id.incarnation()).putLong(id.sequence()).array();
  }

  private static TransactionId transaction(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new TransactionId(1, in.getInt(), in.getLong());
  }

  private void committed(TransactionId transaction) {
    active.remove(transaction);
    outcomes.put(transaction, Outcome.COMMITTED);
    if (durable.add(transaction)) {
      committed.accept(transaction);
    }
  }

  public void complete(int server, QueueMessage.Complete m) {
    if (outcomes.get(m.transaction()) == null) {
      active.add(m.transaction());
    }
    table.onComplete(server, m);
  }

  public void inquire(RequestId id, int server, Consumer<QueueMessage.Found> to) {
    table.onInquire(id, server, to);
  }

  public void needed(int client, long fromSequence) {
    table.onNeeded(1, client, fromSequence);
  }

  /** Transactions on whose end somebody waits. */
  public Set<TransactionId> undecided() {
    Set<TransactionId> all =
        new TreeSet<>(java.util.Comparator.comparingLong(TransactionId::sequence));
    all.addAll(committing.keySet());
    return all;
  }

  /**
   * Aborted at once; committed when the record of it is forced, or, if nobody took part who needs
   * that, at once, too.
   */
  public void decide(TransactionId transaction, Outcome outcome) {
    committing.remove(transaction);
    if (forcing.contains(transaction)) {
      return;
    }
    if (outcome == Outcome.COMMITTED && isVolatile(transaction)) {
      active.remove(transaction);
      outcomes.put(transaction, outcome);
      committed.accept(transaction);
      table.onDecided(transaction, outcome);
    } else if (outcome == Outcome.COMMITTED) {
      forcing.add(transaction);
      log.append(COMMITS, ByteBuffer.wrap(bytes(transaction)));
      forces.add(
          () -> {
            forcing.remove(transaction);
            committed(transaction);
            table.onDecided(transaction, outcome);
          });
    } else if (active.remove(transaction)) {
      outcomes.put(transaction, outcome);
      table.onDecided(transaction, outcome);
    }
  }

  private boolean isVolatile(TransactionId transaction) {
    return !isAllForced && transaction.sequence() % 2 == 0;
  }

  /** Every effect is to survive a power failure. */
  public void forceAll() {
    isAllForced = true;
  }

  /** Whether a write or a force is awaited. */
  public boolean isBusy() {
    return !forces.isEmpty() || !writes.isEmpty();
  }

  /** The oldest write or force is done, and with it all that was appended before. */
  public void settle() {
    if (!writes.isEmpty() && (forces.isEmpty() || random.nextBoolean())) {
      log.write();
      writes.remove(0).run();
    } else {
      log.force();
      forces.remove(0).run();
    }
  }

  /** Its process dies and another goes on from what was kept; what was written is there. */
  public void restart() {
    halt();
    begin();
    // What the dead began is aborted, unless it is found committed.
    List.copyOf(active).stream()
        .filter(each -> !lives.test(each.incarnation()))
        .forEach(each -> decide(each, Outcome.ABORTED));
  }

  /** The power fails: what was not forced is there or not, in the store of any age. */
  public void losePower() {
    halt();
    active.clear();
    outcomes.keySet().removeIf(transaction -> !durable.contains(transaction));
    store
        .values()
        .forEach(
            versions ->
                versions.subList(random.nextInt(versions.size()) + 1, versions.size()).clear());
    store.values().removeIf(versions -> random.nextInt(3) == 0);
    givenUp.clear();
    disk = disk.afterPowerFailure(random::nextInt);
    begin();
  }

  private void halt() {
    forces.clear();
    forcing.clear();
    writes.clear();
    committing.clear();
  }

  private void keep(CompletionEntry entry) {
    KeptCompletion kept = KeptCompletion.of(entry, LONGEST);
    store.computeIfAbsent(entry.request(), key -> new ArrayList<>()).add(kept);
  }

  @Override
  public void enter(CompletionEntry entry, Runnable then) {
    keep(entry);
    completions.write(entry, this);
    if (entry.completion().length > LONGEST) {
      writes.add(then);
    } else {
      then.run();
    }
  }

  @Override
  public void record(CompletionEntry entry, Runnable then) {
    keep(entry);
    completions.write(entry, this);
    forces.add(then);
  }

  @Override
  public void forget(CompletionEntry entry) {
    store.remove(entry.request());
    completions.forget(entry.request(), this);
  }

  @Override
  public void needed(long node, int client, long fromSequence) {
    completions.needed(node, client, fromSequence, this);
  }

  @Override
  public long append(byte[] record) {
    return log.append(COMPLETIONS, ByteBuffer.wrap(record));
  }

  @Override
  public void mark(long needed) {
    log.checkpoint(COMPLETIONS, needed);
  }

  @Override
  public void giveUp(RequestId request, int server) {
    givenUp.computeIfAbsent(request, key -> new HashSet<>()).add(server);
  }

  @Override
  public void forgetGivenUp(RequestId request, int server) {
    givenUp.remove(request);
  }

  @Override
  public boolean isAlive(int process) {
    return lives.test(process);
  }

  @Override
  public void commit(int process, TransactionId transaction) {
    if (active.contains(transaction)) {
      committing.put(transaction, process);
    }
  }

  @Override
  public void abort(int process, TransactionId transaction, String reason) {
    decide(transaction, Outcome.ABORTED);
  }

  /** One that nobody knows was not committed. */
  @Override
  public Outcome outcome(TransactionId transaction) {
    Outcome outcome = outcomes.get(transaction);
    return outcome == null && !active.contains(transaction) ? Outcome.ABORTED : outcome;
  }

  @Override
  public void tell(int process, QueueMessage.ToProgram message) {
    told.accept(process, message);
  }

  @Override
  public void say(NodeId node, QueueMessage.Between message) {}

  @Override
  public Collection<NodeId> nodes() {
    return List.of();
  }

  @Override
  public void ask(String queue) {}

  @Override
  public void unask(String queue) {}
}
