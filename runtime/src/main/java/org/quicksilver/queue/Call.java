package org.quicksilver.queue;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.queue.protocol.Status;
import org.quicksilver.queue.protocol.Tag;

/**
 * A request that was made without waiting for it. Its completion is kept until it is fetched, as
 * often as it is. Thread-safe.
 *
 * <p>While it is open the transaction it was made under cannot commit.
 */
public final class Call {

  /**
   * Too few: a node that dies is noticed; too many: a service that always votes no is asked long.
   */
  private static final int MOST_ABORTIONS = 5;

  private final ServiceQueue queue;
  private final long sequence;
  private final byte[] body;
  private final @Nullable InputStream rest;
  private final @Nullable Tag tag;
  private final @Nullable Serving serving;
  private final CompletableFuture<byte[]> done = new CompletableFuture<>();
  private volatile @Nullable ServerLink link;
  private volatile long number;
  private volatile boolean recoverable;
  private volatile int abortions;
  private volatile @Nullable CallException wish;
  private volatile InputStream answer = InputStream.nullInputStream();
  private @Nullable Consumer<Call> onDone;

  /**
   * Not yet asked.
   *
   * @param rest what follows the body, in chunks; null if nothing does
   * @param serving the request that the calling thread serves under the same transaction
   */
  Call(
      ServiceQueue queue,
      long sequence,
      byte[] body,
      @Nullable InputStream rest,
      @Nullable Tag tag,
      @Nullable Serving serving) {
    this.queue = queue;
    this.sequence = sequence;
    this.body = body;
    this.rest = rest;
    this.tag = tag;
    this.serving = serving;
  }

  ServiceQueue queue() {
    return queue;
  }

  long sequence() {
    return sequence;
  }

  byte[] body() {
    return body;
  }

  @Nullable InputStream following() {
    return rest;
  }

  /** The server sends more than fits into its completion. */
  void answer(InputStream stream) {
    answer = stream;
  }

  @Nullable Tag tag() {
    return tag;
  }

  /** What a server of that node is told: of another node it has to register itself. */
  @Nullable Tag tagFor(long node) {
    Tag mine = tag;
    return mine == null || !mine.carried() || mine.via() == node
        ? mine
        : new Tag(mine.transaction(), mine.via(), false);
  }

  /** Whether its completion is recorded, and it may go to another server. */
  boolean isRecoverable() {
    return recoverable && tag == null && rest == null;
  }

  void recoverable(boolean now) {
    recoverable = now;
  }

  @Nullable Serving serving() {
    return serving;
  }

  @Nullable ServerLink link() {
    return link;
  }

  long number() {
    return number;
  }

  /** It is on its way to that server. */
  void goesTo(ServerLink to, long itsNumber) {
    number = itsNumber;
    link = to;
  }

  /** Called once, when it is done. */
  void onDone(Consumer<Call> action) {
    onDone = action;
  }

  /**
   * Waits for the completion.
   *
   * @throws ServerDiedException if its server died with it
   * @throws RequestFailedException if its server threw
   * @throws RequestCancelledException if it was cancelled
   * @throws DeadlineExpiredException if it had a deadline, and that is over
   */
  public byte[] await() throws CallException, InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  /**
   * The same for a limited time; the request goes on.
   *
   * @throws TimeoutException if there was no completion in time
   */
  public byte[] await(Duration most) throws CallException, InterruptedException, TimeoutException {
    try {
      return done.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static CallException failure(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof CallException failure) {
      failure.fillInStackTrace();
      return failure;
    }
    throw new IllegalStateException("a request ended without a reason", cause);
  }

  /** The completion when it is there; what hangs on it runs on the executor of the queues. */
  public CompletableFuture<byte[]> future() {
    return done.thenApplyAsync(completion -> completion, queue.executor());
  }

  /**
   * The same without another thread: what hangs on it runs on the thread that reads from the
   * server, and must neither block nor call synchronously.
   */
  public CompletionStage<byte[]> stage() {
    return done.minimalCompletionStage();
  }

  /**
   * What follows the completion, if its server had more to say than fits into one; empty if not.
   * There is something here as soon as the completion has been fetched. Comes as fast as it is
   * read; is to be closed if it is not read to its end. Fails if the server dies meanwhile.
   */
  public InputStream rest() {
    return answer;
  }

  /** Whether there is a completion, or a reason why there will be none. */
  public boolean isDone() {
    return done.isDone();
  }

  /** It is not wanted any more: its server is told, and whoever awaits it. Does not wait. */
  public void cancel() {
    give(new RequestCancelledException(this + " was cancelled"));
  }

  /** Its deadline is over. */
  void expire() {
    give(new DeadlineExpiredException("no completion of " + this + " in time"));
  }

  private void give(CallException reason) {
    if (!done.isDone()) {
      wish = reason;
      queue.withdraw(this);
      fail(reason);
    }
  }

  /** Nobody waits for it any more. */
  boolean isGivenUp() {
    return wish != null;
  }

  /** Its server has said what became of it. */
  void completed(Status status, byte[] said) {
    switch (status) {
      case DONE -> finish(said, null);
      case FAILED -> fail(new RequestFailedException(text(said)));
      case CANCELLED -> fail(new RequestCancelledException(this + " was cancelled"));
      case WITHDRAWN -> queue.again(this);
      case ABORTED -> aborted(text(said));
    }
  }

  /** Nothing has happened: a node that was killed may have forgotten the transaction. */
  private void aborted(String reason) {
    if (rest == null && abortions() < MOST_ABORTIONS) {
      queue.again(this);
    } else {
      fail(new RequestFailedException(reason));
    }
  }

  /** One reader at a time. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private int abortions() {
    return ++abortions;
  }

  private static String text(byte[] said) {
    return new String(said, java.nio.charset.StandardCharsets.UTF_8);
  }

  void fail(CallException reason) {
    finish(null, reason);
  }

  private void finish(byte @Nullable [] completion, @Nullable CallException reason) {
    if (done.isDone()) {
      return;
    }
    Consumer<Call> action;
    synchronized (this) {
      action = onDone;
      onDone = null;
    }
    if (action != null) {
      action.accept(this);
    }
    if (reason == null) {
      done.complete(completion);
    } else {
      done.completeExceptionally(reason);
    }
  }

  @Override
  public String toString() {
    return "request " + sequence + " of queue " + queue.name();
  }
}
