package org.quicksilver;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.transaction.TransactionId;

/** Something an owner gives away, until the node has said whether it is there. Thread-safe. */
final class Handing {

  private final String what;
  private ProgramMessage.@Nullable ToNode wish;
  private CompletableFuture<Void> answer = new CompletableFuture<>();

  Handing(String what) {
    this.what = what;
  }

  synchronized CompletableFuture<Void> ask(NodeChannel channel, ProgramMessage.ToNode message) {
    if (answer.isDone()) {
      answer = new CompletableFuture<>();
    }
    wish = message;
    channel.send(message);
    return answer.copy();
  }

  /** The node may not have heard it. */
  synchronized void sayAgain(NodeChannel channel) {
    if (wish != null && !answer.isDone()) {
      channel.send(wish);
    }
  }

  void answered(TransactionId id, String refusal) {
    CompletableFuture<Void> asked;
    synchronized (this) {
      asked = answer;
    }
    if (refusal.isEmpty()) {
      asked.complete(null);
    } else {
      asked.completeExceptionally(
          new IllegalStateException(
              "the " + what + " of transaction " + id + " stays where it is: " + refusal));
    }
  }

  static void await(CompletableFuture<Void> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IllegalStateException(cause.getMessage(), cause);
    }
  }
}
