package org.quicksilver;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.TransactionId;

/**
 * One transaction as this process sees it: begun here, and then owned by it, or joined.
 * Thread-safe.
 *
 * <p>The owner may commit or abort; a process that joined may only abort, and what its abort does
 * is to fail the transaction: it goes on until its owner ends it, and can then only be aborted. If
 * the owner's process dies the transaction is aborted.
 *
 * <p>Durability: once {@link #commit} has returned, the outcome survives the death of every process
 * of this host, and a power failure if any participant voted recoverable.
 */
public final class Transaction {

  private final TransactionId id;
  private final long via;
  private final Quicksilver quicksilver;
  private final CompletableFuture<Void> outcome = new CompletableFuture<>();
  private final Handing role = new Handing("coordination");
  private final Handing ownership = new Handing("ownership");
  private volatile boolean owned;
  private final Queue<Enlistment> enlistments = new ConcurrentLinkedQueue<>();
  private final RequestsUnder requests = new RequestsUnder();
  private ProgramMessage.@Nullable ToNode wish;
  private boolean mayBeKnown;

  /**
   * Knows one.
   *
   * @param via node that it was handed over by; 0 for the node it began on
   */
  Transaction(TransactionId id, long via, boolean owned, Quicksilver quicksilver) {
    this.id = id;
    this.via = via;
    this.owned = owned;
    this.quicksilver = quicksilver;
  }

  /** Its ID: printable, unique for ever. */
  public TransactionId id() {
    return id;
  }

  /**
   * What a request carries that is made under it: its ID and this node. Who serves the request
   * gives it to {@link Quicksilver#tagged}; so the tree grows by the call, over as many nodes as it
   * takes.
   */
  public String tag() {
    return id + "@" + quicksilver.node();
  }

  /** Whether this process owns it: began it, or was made its owner, and has not made another. */
  public boolean isOwned() {
    return owned;
  }

  /**
   * Has the calling thread work for it until the scope is closed. With the agent in this JVM all
   * that the thread opens meanwhile is tagged with it, and given back by policy should it abort.
   */
  public Scope enter() {
    if (!owned) {
      quicksilver.channel().send(new ProgramMessage.Join(id, via));
    }
    return quicksilver.channel().enter(id);
  }

  /**
   * Enlists a participant, and waits for the node's word that it takes part: only then may it do
   * work for the transaction (register before send).
   *
   * @param onDeath what the death of this process does to the transaction
   * @return its number in this process: what a recoverable participant writes beside its prepared
   *     state, see {@link Quicksilver#resume}
   * @throws TransactionAbortedException if it comes too late
   */
  public int enlist(Participant participant, ParticipationClass participation, DeathEffect onDeath)
      throws TransactionAbortedException, InterruptedException {
    return await(enlistAsync(participant, participation, onDeath));
  }

  /** The same; the future fails with a {@link TransactionAbortedException}. */
  public CompletableFuture<Integer> enlistAsync(
      Participant participant, ParticipationClass participation, DeathEffect onDeath) {
    int number = quicksilver.enlistments().nextNumber();
    Enlistment enlistment =
        quicksilver
            .enlistments()
            .add(
                number,
                id,
                participant,
                new ProgramMessage.Enlist(id, number, participation, onDeath, via));
    enlistments.add(enlistment);
    enlistment.enlist();
    return enlistment
        .enlisted()
        .thenCompose(
            refusal ->
                refusal.isEmpty()
                    ? CompletableFuture.completedFuture(number)
                    : CompletableFuture.failedFuture(
                        new TransactionAbortedException(id, List.of(refusal))));
  }

  /**
   * Commits, and returns when the outcome is decided; participants may still be at work on it.
   *
   * @throws TransactionAbortedException if somebody voted against it, failed or died
   * @throws IllegalStateException if this process does not own it
   */
  public void commit() throws TransactionAbortedException, InterruptedException {
    await(commitAsync());
  }

  /**
   * The same; the future fails with a {@link TransactionAbortedException}, or, if requests made
   * under it are open, with an {@link IllegalStateException}: await or cancel them, and commit
   * again.
   */
  public CompletableFuture<Void> commitAsync() {
    if (!owned) {
      throw new IllegalStateException(
          "transaction " + id + " is owned by another process: only its owner may commit it");
    }
    if (requests.open() > 0) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "transaction "
                  + id
                  + " has "
                  + requests.open()
                  + " open requests: await or cancel them, then commit again"));
    }
    wish(new ProgramMessage.Commit(id, 0, requests.parts()));
    return outcome.copy();
  }

  /**
   * Aborts it, or if it is not ours sees to it that it can only be aborted. Does not wait.
   *
   * @param reason for people
   */
  public void abort(String reason) {
    registerParts();
    wish(new ProgramMessage.Abort(id, reason));
  }

  /**
   * Has another node coordinate it, and waits until that is so. Then the outcome hangs no longer on
   * this node: if it dies with this process the transaction is aborted there, and ends.
   *
   * @param node one that takes part directly below this one, see {@link Quicksilver#node}
   * @throws IllegalStateException if it cannot be; this node coordinates on
   */
  public void handOver(NodeId node) throws InterruptedException {
    Handing.await(handOverAsync(node));
  }

  /** The same; the future fails with an {@link IllegalStateException}. */
  public CompletableFuture<Void> handOverAsync(NodeId node) {
    registerParts();
    return role.ask(quicksilver.channel(), new ProgramMessage.HandOver(id, node.value()));
  }

  /**
   * Makes another process the owner, and waits until it is: it may commit from now on, its death
   * aborts the transaction, and the end of this process means nothing to it.
   *
   * @param node of the other, see {@link Quicksilver#node}: this one, or one that takes part
   *     directly above or below this one
   * @param incarnation of the other, see {@link Quicksilver#incarnation}; there {@link
   *     Quicksilver#owned} gives the transaction
   * @throws IllegalStateException if it cannot be; this process stays the owner
   */
  public void transfer(NodeId node, int incarnation) throws InterruptedException {
    Handing.await(transferAsync(node, incarnation));
  }

  /** The same; the future fails with an {@link IllegalStateException}. */
  public CompletableFuture<Void> transferAsync(NodeId node, int incarnation) {
    registerParts();
    return ownership
        .ask(quicksilver.channel(), new ProgramMessage.Transfer(id, node.value(), incarnation))
        .thenRun(() -> quicksilver.disowned(this));
  }

  /** The node says what came of it. */
  void handed(ProgramMessage.Handed answer) {
    (answer.ownership() ? ownership : role).answered(id, answer.refusal());
  }

  /** Another process is its owner, or this one now is. */
  void owned(boolean now) {
    owned = now;
  }

  /** Requests made under it by this process. */
  RequestsUnder requests() {
    return requests;
  }

  /** Has its node know who took part, where no commit says so. */
  private void registerParts() {
    List<Integer> parts = requests.parts();
    if (!parts.isEmpty()) {
      quicksilver.channel().send(new ProgramMessage.OfQueues(new QueueMessage.TookPart(id, parts)));
    }
  }

  private synchronized void wish(ProgramMessage.ToNode message) {
    if (wish == null) {
      wish = message;
    }
    if (!outcome.isDone()) {
      quicksilver.channel().send(wish);
    }
  }

  private static <T> T await(CompletableFuture<T> future)
      throws TransactionAbortedException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransactionAbortedException aborted) {
        throw new TransactionAbortedException(aborted.transaction(), aborted.reasons());
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Says so to the node; if there is none yet it is said when there is. */
  synchronized void begin(boolean connected) {
    mayBeKnown = connected;
    quicksilver.channel().send(new ProgramMessage.Begin(id, false));
  }

  /** The node is there again, and may not have heard what the owner said. */
  synchronized void sayAgain() {
    if (!outcome.isDone()) {
      quicksilver.channel().send(new ProgramMessage.Begin(id, mayBeKnown));
      mayBeKnown = true;
      role.sayAgain(quicksilver.channel());
      ownership.sayAgain(quicksilver.channel());
      if (wish != null) {
        quicksilver.channel().send(wish);
      }
    }
  }

  /** The node says what has become of it. */
  void decided(Outcome decided, List<String> reasons) {
    if (wish == null) {
      registerParts();
    }
    if (decided == Outcome.COMMITTED) {
      outcome.complete(null);
    } else {
      outcome.completeExceptionally(new TransactionAbortedException(id, reasons));
    }
    enlistments.forEach(Enlistment::decided);
    enlistments.clear();
  }

  /** The node did not do what was asked. */
  void refused(String reason) {
    outcome.completeExceptionally(new IllegalStateException(reason));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Transaction transaction && transaction.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "transaction " + id;
  }
}
