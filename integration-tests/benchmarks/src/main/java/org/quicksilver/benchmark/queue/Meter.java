package org.quicksilver.benchmark.queue;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Measures one way to call. */
final class Meter {

  private static final int SIZE = 64;
  private static final int IN_FLIGHT = 64;

  private Meter() {}

  /** Median time of a call, microseconds, after a fifth as many to warm up. */
  static double medianMicros(Caller caller, int calls) throws Exception {
    byte[] body = new byte[SIZE];
    long[] nanos = new long[calls];
    for (int i = -calls / 5; i < calls; i++) {
      long began = System.nanoTime();
      caller.call(body);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - began;
      }
    }
    Arrays.sort(nanos);
    return nanos[calls / 2] / 1e3;
  }

  /** Calls per second with 64 in flight. */
  static double perSecond(Caller caller, int calls) throws Exception {
    inFlight(caller, calls / 5);
    long began = System.nanoTime();
    inFlight(caller, calls);
    return calls / ((System.nanoTime() - began) / 1e9);
  }

  private static void inFlight(Caller caller, int calls) throws Exception {
    Semaphore room = new Semaphore(IN_FLIGHT);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    byte[] body = new byte[SIZE];
    for (int i = 0; i < calls; i++) {
      room.acquire();
      caller
          .begin(body)
          .whenComplete(
              (answer, why) -> {
                if (why != null) {
                  failure.set(why);
                }
                room.release();
              });
    }
    room.acquire(IN_FLIGHT);
    if (failure.get() != null) {
      throw new IllegalStateException("a call failed", failure.get());
    }
  }
}
