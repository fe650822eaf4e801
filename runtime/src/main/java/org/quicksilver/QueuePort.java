package org.quicksilver;

import static org.quicksilver.transaction.DeathEffect.DROP;
import static org.quicksilver.transaction.ParticipationClass.NO_STATE;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.transaction.TransactionId;

/**
 * The way of service queues to the node and to the transactions of this process. For {@code
 * org.quicksilver.queue} alone; programs use that. Thread-safe.
 */
public final class QueuePort {

  /** What queues are told, on the thread that reads the channel to the node. */
  public interface Listener {

    /** The node says something. */
    void onMessage(QueueMessage.ToProgram message);

    /** The node is there, for the first time or again, and may have forgotten what was said. */
    void onConnected();

    /** A transaction that this process takes part in has ended. */
    void onEnded(TransactionId transaction);
  }

  private final Quicksilver quicksilver;
  private final Executor executor;
  private volatile @Nullable Listener listener;

  QueuePort(Quicksilver quicksilver, Executor executor) {
    this.quicksilver = quicksilver;
    this.executor = executor;
  }

  /** Attaches the queues of this process; they are told of the node at once if it is there. */
  public void attach(Listener queues) {
    listener = queues;
    queues.onConnected();
  }

  void connected() {
    Listener to = listener;
    if (to != null) {
      to.onConnected();
    }
  }

  void received(QueueMessage.ToProgram message) {
    Listener to = listener;
    if (to != null) {
      to.onMessage(message);
    }
  }

  void ended(TransactionId transaction) {
    Listener to = listener;
    if (to != null) {
      to.onEnded(transaction);
    }
  }

  /** Says something to the node; lost while there is none. */
  public void send(QueueMessage.ToNode message) {
    quicksilver.channel().send(new ProgramMessage.OfQueues(message));
  }

  /** Identity of the node. */
  public long node() {
    return quicksilver.channel().node();
  }

  /** Incarnation of this process. */
  public int incarnation() {
    return quicksilver.channel().incarnation();
  }

  /** Runs what may block. */
  public Executor executor() {
    return executor;
  }

  /** For whom the calling thread works. */
  public Optional<TransactionId> current() {
    return quicksilver.channel().current();
  }

  /** Has the calling thread work for a transaction; nobody is registered by this. */
  public Scope enter(TransactionId transaction) {
    return quicksilver.channel().enter(transaction);
  }

  /** Begins a transaction of this process. */
  public Transaction begin() {
    return quicksilver.begin();
  }

  /** A transaction by its ID, and by the node it was handed over by. */
  public Transaction transaction(TransactionId id, long via) {
    return quicksilver.ownedNow(id).orElseGet(() -> new Transaction(id, via, false, quicksilver));
  }

  /** Whether this process owns it. */
  public boolean owns(TransactionId transaction) {
    return quicksilver.ownedNow(transaction).isPresent();
  }

  /** A request is made under a transaction: it cannot commit until {@link #answered}. */
  public void asked(TransactionId transaction) {
    quicksilver.ownedNow(transaction).ifPresent(each -> each.requests().asked());
  }

  /** That request is not open any more. */
  public void answered(TransactionId transaction) {
    quicksilver.ownedNow(transaction).ifPresent(each -> each.requests().answered());
  }

  /** A process of this node worked for a transaction of this process, and is not registered. */
  public void tookPart(TransactionId transaction, int process) {
    quicksilver.ownedNow(transaction).ifPresent(each -> each.requests().tookPart(process));
  }

  /** This process takes part with its handles; nobody waits for it. */
  public void join(TransactionId transaction, long via) {
    quicksilver.channel().send(new ProgramMessage.Join(transaction, via));
  }

  /**
   * The same, and the future is completed when the node has registered itself where the transaction
   * came from; it fails with a {@link TransactionAbortedException} if it comes too late.
   */
  public CompletableFuture<Integer> register(TransactionId transaction, long via) {
    join(transaction, via);
    return transaction(transaction, via).enlistAsync(new Participant() {}, NO_STATE, DROP);
  }
}
