package org.quicksilver;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.TransactionId;

/**
 * The way into transactions for programs that know of them: begins them, joins those of others, and
 * takes up again what a former life of this process has promised. One for each process is enough.
 * Thread-safe.
 *
 * <p>In a JVM with the agent it speaks through the agent: the current transaction is the same for
 * both. Without the agent it needs a node that runs. While there is none, what is asked waits; what
 * is prepared keeps its promise.
 */
public final class Quicksilver implements Closeable {

  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final NodeChannel channel;
  private final @Nullable ExecutorService own;
  private final Map<TransactionId, Transaction> owned = new ConcurrentHashMap<>();
  private final Map<TransactionId, CompletableFuture<Transaction>> awaited =
      new ConcurrentHashMap<>();
  private final Enlistments enlistments;
  private final QueuePort queues;
  private volatile boolean connected;

  Quicksilver(NodeChannel channel, @Nullable Executor given) {
    this.channel = channel;
    ExecutorService made = null;
    Executor executor = given;
    if (executor == null) {
      made = Executors.newCachedThreadPool(Quicksilver::thread);
      executor = made;
    }
    this.own = made;
    this.enlistments = new Enlistments(executor, channel::send);
    this.queues = new QueuePort(this, executor);
    channel.start(this::received, this::connected);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "quicksilver-participant");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Connects this process to the node of the user's home directory, see {@code QUICKSILVER_HOME}.
   *
   * @throws IOException if no node runs, or it refuses this process; says what to do
   */
  public static Quicksilver open() throws IOException {
    return open(Settings.read(null).home().directory());
  }

  /** The same for another home directory; with the agent in this JVM the agent's home counts. */
  public static Quicksilver open(Path home) throws IOException {
    return connect(home, null);
  }

  /**
   * The same.
   *
   * @param executor runs the participants; must not run tasks on the thread that hands them over
   */
  public static Quicksilver open(Path home, Executor executor) throws IOException {
    return connect(home, executor);
  }

  private static Quicksilver connect(Path home, @Nullable Executor executor) throws IOException {
    Optional<NodeChannel> agent = AgentChannel.find();
    NodeChannel channel = agent.isPresent() ? agent.get() : OwnChannel.connect(new Home(home));
    return new Quicksilver(channel, executor);
  }

  /** Begins a transaction, which this process owns. Does not wait. */
  public Transaction begin() {
    TransactionId id = channel.newTransaction();
    Transaction transaction = new Transaction(id, 0, true, this);
    owned.put(id, transaction);
    transaction.begin(connected);
    return transaction;
  }

  /** A transaction of whichever process, by its ID: to enlist in it, to work for it. */
  public Transaction transaction(TransactionId id) {
    Transaction known = owned.get(id);
    return known == null ? new Transaction(id, 0, false, this) : known;
  }

  /**
   * A transaction that a request was made under: to enlist in it, to work for it. This node takes
   * part in it below the node the request came from.
   *
   * @param tag what the request carried, see {@link Transaction#tag}
   * @throws IllegalArgumentException if it is none
   */
  public Transaction tagged(String tag) {
    int at = tag.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException("no tag of a transaction: '" + tag + "'");
    }
    TransactionId id = TransactionId.parse(tag.substring(0, at));
    Transaction known = owned.get(id);
    long via = Long.parseUnsignedLong(tag.substring(at + 1), 16);
    return known == null ? new Transaction(id, via, false, this) : known;
  }

  /** A transaction this process is made the owner of, as soon as it is. */
  public CompletableFuture<Transaction> owned(TransactionId id) {
    return awaited.computeIfAbsent(id, key -> new CompletableFuture<>()).copy();
  }

  /** The node of this process: what another process names in {@link Transaction#handOver}. */
  public NodeId node() {
    return new NodeId(channel.node());
  }

  /** The one that the calling thread works for; empty if it works for the process. */
  public Optional<Transaction> current() {
    return channel.current().map(this::transaction);
  }

  /**
   * Incarnation of this process, unsigned: what a recoverable participant writes beside its
   * prepared state, to be named in {@link #resume} by a later life.
   */
  public int incarnation() {
    return channel.incarnation();
  }

  /**
   * Takes up a promise: what this participant prepared in a former life of its process is ended as
   * was decided, now or as soon as that is known.
   *
   * @param incarnation that of the former life, see {@link #incarnation}
   * @param number that of the participant then, see {@link Transaction#enlist}
   */
  public void resume(
      TransactionId transaction, int incarnation, int number, Participant participant) {
    int now = enlistments.nextNumber();
    enlistments
        .add(
            now,
            transaction,
            participant,
            new ProgramMessage.Resume(transaction, incarnation, number, now))
        .keepAsking();
  }

  /** Where service queues are attached, see {@code org.quicksilver.queue.ServiceQueues}. */
  public QueuePort queues() {
    return queues;
  }

  NodeChannel channel() {
    return channel;
  }

  Enlistments enlistments() {
    return enlistments;
  }

  private void connected() {
    connected = true;
    owned.values().forEach(Transaction::sayAgain);
    enlistments.sayAgain();
    queues.connected();
  }

  private void received(ProgramMessage.ToProgram message) {
    if (message instanceof ProgramMessage.Enlisted m) {
      enlistments.answered(m);
    } else if (message instanceof ProgramMessage.Notify m) {
      enlistments.told(m);
    } else if (message instanceof ProgramMessage.Decided m) {
      awaited.remove(m.transaction());
      Transaction transaction = owned.remove(m.transaction());
      if (transaction != null) {
        transaction.decided(m.outcome(), m.reasons());
      }
    } else if (message instanceof ProgramMessage.Owned m) {
      owns(m.transaction());
    } else if (message instanceof ProgramMessage.Handed m) {
      Transaction transaction = owned.get(m.transaction());
      if (transaction != null) {
        transaction.handed(m);
      }
    } else if (message instanceof ProgramMessage.QueueNews m) {
      queues.received(m.message());
    } else if (message instanceof ProgramMessage.Ended m) {
      queues.ended(m.transaction());
    } else if (message instanceof ProgramMessage.CommitRefused m) {
      Transaction transaction = owned.get(m.transaction());
      if (transaction != null) {
        transaction.refused(m.reason());
      }
    }
  }

  private void owns(TransactionId id) {
    Transaction transaction = owned.computeIfAbsent(id, key -> new Transaction(key, 0, true, this));
    awaited.computeIfAbsent(id, key -> new CompletableFuture<>()).complete(transaction);
  }

  /** One that this process owns. */
  Optional<Transaction> ownedNow(TransactionId id) {
    return Optional.ofNullable(owned.get(id));
  }

  /** Another process is its owner now. */
  void disowned(Transaction transaction) {
    transaction.owned(false);
    owned.remove(transaction.id(), transaction);
  }

  /**
   * Aborts what this process owns and has not ended, waits, five seconds at most, until its
   * participants have been told what became of their transactions, and lets go of the node.
   */
  @Override
  public void close() throws IOException {
    owned.values().forEach(transaction -> transaction.abort("its owner closed its connection"));
    enlistments.awaitEnds(LAST_WORDS);
    channel.close();
    if (own != null) {
      own.shutdown();
    }
  }
}
