package org.quicksilver.queue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.Scope;
import org.quicksilver.Transaction;
import org.quicksilver.TransactionAbortedException;
import org.quicksilver.queue.protocol.Frame;
import org.quicksilver.queue.protocol.Status;
import org.quicksilver.queue.protocol.Tag;
import org.quicksilver.transaction.TransactionId;

/**
 * One request that is being served, and the requests its server makes for it elsewhere.
 * Thread-safe.
 */
final class Serving {

  private static final ThreadLocal<@Nullable Serving> CURRENT = new ThreadLocal<>();

  /** What the server made of it. */
  record Served(Status status, byte[] body) {}

  private final ClientLink link;
  private final Frame.Request request;
  private final Offer offer;
  private final @Nullable Transaction own;
  private final @Nullable TransactionId transaction;
  private final Set<Integer> parts = new LinkedHashSet<>();
  private final Set<Call> open = new LinkedHashSet<>();
  private @Nullable Thread thread;
  private boolean cancelled;
  private InputStream rest = InputStream.nullInputStream();
  private @Nullable InputStream following;

  /**
   * Not yet served.
   *
   * @param own transaction of this process that it is served under; null if it came under one, or
   *     needs none
   */
  Serving(ClientLink link, Frame.Request request, Offer offer, @Nullable Transaction own) {
    this.link = link;
    this.request = request;
    this.offer = offer;
    this.own = own;
    Tag tag = request.tag();
    this.transaction = tag != null ? tag.transaction() : own == null ? null : own.id();
  }

  /** What the calling thread serves, if that is under this transaction. */
  static @Nullable Serving current(TransactionId transaction) {
    Serving current = CURRENT.get();
    return current != null && current.transaction != null && current.transaction.equals(transaction)
        ? current
        : null;
  }

  ClientLink link() {
    return link;
  }

  ProcessName client() {
    return link.client();
  }

  Frame.Request frame() {
    return request;
  }

  byte[] body() {
    return request.body();
  }

  long sequence() {
    return request.sequence();
  }

  Offer offer() {
    return offer;
  }

  /** Made when it is asked for: most services never do. */
  Optional<Transaction> transaction() {
    Tag tag = request.tag();
    return tag == null ? Optional.ofNullable(own) : Optional.of(link.servers().transaction(tag));
  }

  /** Whether the client answers for the registration of whoever works for this. */
  boolean isCarried() {
    Tag tag = request.tag();
    return tag == null || tag.carried();
  }

  /** What follows the body of the request. */
  void follows(InputStream stream) {
    rest = stream;
  }

  InputStream rest() {
    return rest;
  }

  /** What the server sends after its completion. */
  synchronized void follow(InputStream stream) {
    following = stream;
  }

  /** That, if it is served; otherwise it is closed. */
  synchronized @Nullable InputStream following(Status status) {
    InputStream stream = following;
    if (stream != null && status != Status.DONE) {
      try {
        stream.close();
      } catch (IOException e) {
        // Nobody reads it.
      }
      return null;
    }
    return stream;
  }

  /** Runs the service, on this thread. */
  Served serve() {
    if (!begin()) {
      return new Served(Status.CANCELLED, new byte[0]);
    }
    Serving before = CURRENT.get();
    CURRENT.set(this);
    try (Scope scope = enter()) {
      byte[] completion = offer.service().serve(new Request(this));
      return checked(completion);
    } catch (TransactionAbortedException e) {
      return own == null ? failed(String.valueOf(e.getMessage())) : aborted(e);
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return isCancelled()
          ? new Served(Status.CANCELLED, new byte[0])
          : failed(e.getMessage() == null ? e.toString() : e.getMessage());
    } finally {
      CURRENT.set(before);
      end();
    }
  }

  private @Nullable Scope enter() {
    return transaction == null ? null : link.servers().enter(transaction);
  }

  private Served checked(byte[] completion) {
    List<Call> left;
    synchronized (this) {
      left = List.copyOf(open);
    }
    if (!left.isEmpty()) {
      left.forEach(Call::cancel);
      return failed(
          "the server left requests open that it made for this one: " + left.get(0) + " ...");
    }
    if (completion.length > ServiceQueue.LONGEST_BODY) {
      return failed("the server's completion has " + completion.length + " bytes");
    }
    return new Served(Status.DONE, completion);
  }

  private static Served aborted(TransactionAbortedException e) {
    return new Served(
        Status.ABORTED, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
  }

  private static Served failed(String reason) {
    return new Served(Status.FAILED, reason.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized boolean begin() {
    thread = Thread.currentThread();
    return !cancelled;
  }

  /** An interrupt that was meant for the service does not reach what the thread does next. */
  private synchronized void end() {
    thread = null;
    if (cancelled) {
      Thread.interrupted();
    }
  }

  /** The client needs it no more. */
  synchronized void cancel() {
    cancelled = true;
    if (thread != null) {
      thread.interrupt();
    }
    List.copyOf(open).forEach(Call::cancel);
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized void asked(Call call) {
    open.add(call);
  }

  synchronized void answered(Call call) {
    open.remove(call);
  }

  /** A process of this node worked for it further down, and is not registered. */
  synchronized void tookPart(int process) {
    parts.add(process);
  }

  /** Those, and this process. */
  synchronized int[] parts(int self) {
    if (transaction == null || request.tag() == null || !isCarried()) {
      return new int[0];
    }
    parts.add(self);
    return parts.stream().mapToInt(Integer::intValue).toArray();
  }

  synchronized List<Integer> partsBelow() {
    return List.copyOf(parts);
  }
}
