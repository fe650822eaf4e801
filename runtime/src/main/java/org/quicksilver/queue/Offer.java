package org.quicksilver.queue;

import java.io.Closeable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.QueueMessage.OfferState;
import org.quicksilver.statistics.Distribution;
import org.quicksilver.statistics.Summary;

/**
 * This process serves a queue, until the offer is withdrawn or the process ends. Several processes,
 * and several offers of one process, may serve the same. Thread-safe.
 */
public final class Offer implements Closeable {

  private final int number;
  private final String queue;
  private final Service service;
  private final Terms terms;
  private final ServerSide servers;
  private final LongAdder served = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicInteger depth = new AtomicInteger();
  private final Distribution nanos = new Distribution();
  private @Nullable OfferState told;

  Offer(int number, String queue, Service service, Terms terms, ServerSide servers) {
    this.number = number;
    this.queue = queue;
    this.service = service;
    this.terms = terms;
    this.servers = servers;
  }

  int number() {
    return number;
  }

  /** The queue it serves. */
  public String queue() {
    return queue;
  }

  Service service() {
    return service;
  }

  Terms terms() {
    return terms;
  }

  void began() {
    depth.incrementAndGet();
  }

  void ended(long tookNanos, boolean wasServed) {
    depth.decrementAndGet();
    (wasServed ? served : failed).increment();
    nanos.add(tookNanos);
  }

  /** How many requests were served. */
  public long served() {
    return served.sum();
  }

  /** How many requests are being served, or wait for a thread. */
  public int depth() {
    return depth.get();
  }

  /**
   * What is to be told about it; null if nothing has changed. Called once a second, by one thread.
   */
  @Nullable OfferState news() {
    long all = served.sum();
    long before = told == null ? 0 : told.served();
    Summary took = nanos.summary();
    OfferState now =
        new OfferState(
            number,
            all,
            failed.sum(),
            depth.get(),
            all - before,
            micros(took.p50()),
            micros(took.p99()),
            micros(took.max()));
    if (now.equals(told)) {
      return null;
    }
    told = now;
    return now;
  }

  private static long micros(long value) {
    return TimeUnit.NANOSECONDS.toMicros(value);
  }

  /** Withdraws it: requests that were sent here go to another offer, those being served end. */
  @Override
  public void close() {
    servers.withdraw(this);
  }

  @Override
  public String toString() {
    return "offer " + number + " of queue " + queue;
  }
}
