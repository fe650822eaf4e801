package org.quicksilver;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.ProgramMessage.Notice;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/**
 * One participant in one transaction: is told what the node says, answers for it, and gives the
 * same answer to the same question without asking the participant again. Its notices run one after
 * the other, on the executor.
 */
final class Enlistment {

  private static final long RETRY_MILLIS = 500;

  /** Longer than a node waits for votes: until then it may ask one again that has no stake. */
  private static final long ASKED_AGAIN_MILLIS = 60_000;

  private final TransactionId transaction;
  private final int number;
  private final ProgramMessage.ToNode request;
  private final Participant participant;
  private final Executor executor;
  private final Consumer<ProgramMessage.ToNode> node;
  private final CompletableFuture<String> enlisted = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private volatile boolean withoutStake;

  /**
   * Not yet said.
   *
   * @param request what makes it take part: to be said until it is answered
   */
  Enlistment(
      TransactionId transaction,
      int number,
      ProgramMessage.ToNode request,
      Participant participant,
      Executor executor,
      Consumer<ProgramMessage.ToNode> node) {
    this.transaction = transaction;
    this.number = number;
    this.request = request;
    this.participant = participant;
    this.executor = executor;
    this.node = node;
  }

  /** Says what has not been answered. */
  void enlist() {
    if (!enlisted.isDone()) {
      node.accept(request);
    }
  }

  /** The node is there again, and may have forgotten this one. */
  void sayAgain() {
    enlist();
    if (enlisted.isDone() && !ended.isDone() && !withoutStake) {
      node.accept(new ProgramMessage.Inquire(transaction, number));
    }
  }

  /** Asks again and again: while the outcome is open there is no answer. */
  void keepAsking() {
    enlist();
    if (!enlisted.isDone()) {
      CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, executor)
          .execute(this::keepAsking);
    }
  }

  /** The node has answered: why not, or an empty text. One without state is told nothing more. */
  void answered(String refusal) {
    enlisted.complete(refusal);
    if (!refusal.isEmpty() || isStateless()) {
      ended.complete(null);
    }
  }

  private boolean isStateless() {
    return request instanceof ProgramMessage.Enlist enlist
        && enlist.participation() == ParticipationClass.NO_STATE;
  }

  /** The outcome is known; who voted so that it does not matter to him is not told. */
  void decided() {
    if (withoutStake) {
      ended.complete(null);
    }
  }

  /** Completed when the node has answered: why not, or an empty text. */
  CompletableFuture<String> enlisted() {
    return enlisted;
  }

  /** Completed when the participant has done what the outcome asks of it. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** The node tells something. */
  synchronized void notice(Notice notice, int round) {
    last = last.thenRunAsync(() -> tell(notice, round), executor);
  }

  private void tell(Notice notice, int round) {
    enlisted.complete("");
    if (notice == Notice.VOTE) {
      vote(round);
    } else {
      end(notice);
    }
  }

  private void vote(int round) {
    Vote vote;
    String reason = "";
    try {
      vote = participant.vote(transaction);
    } catch (Exception | LinkageError | AssertionError e) {
      vote = Vote.ABORT;
      reason = String.valueOf(e);
    }
    // Before it is sent: the decision may be back at once.
    withoutStake = vote == Vote.READ_ONLY || vote == Vote.ABORT;
    node.accept(new ProgramMessage.VoteCast(transaction, number, vote, round, reason));
    if (withoutStake) {
      CompletableFuture.delayedExecutor(ASKED_AGAIN_MILLIS, TimeUnit.MILLISECONDS, executor)
          .execute(this::decided);
    }
  }

  private void end(Notice notice) {
    try {
      switch (notice) {
        case ENDING -> participant.ending(transaction);
        case COMMITTED -> participant.committed(transaction);
        case ABORTED -> participant.aborted(transaction);
        case VOTE -> throw new IllegalArgumentException("a vote ends nothing");
      }
      node.accept(new ProgramMessage.Told(transaction, number));
      ended.complete(null);
    } catch (Exception | LinkageError | AssertionError e) {
      CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS, executor)
          .execute(() -> notice(notice, 0));
    }
  }
}
