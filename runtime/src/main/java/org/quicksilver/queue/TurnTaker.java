package org.quicksilver.queue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks, as long as there are requests, whether a thread that reads is held up in a service, and
 * has another go on reading. Sleeps when nothing is served. Thread-safe.
 */
final class TurnTaker {

  /**
   * Too small: threads change for nothing; too large: a slow request holds up others for so long.
   */
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** It stays awake for a while, because waking it costs the next request something. */
  private static final int IDLE_LOOKS = 50;

  private final Set<Reading> readings = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::live, "quicksilver-queue-turns");
  private volatile boolean asleep;
  private volatile boolean active;
  private volatile boolean closed;

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  long now() {
    return System.nanoTime();
  }

  void add(Reading reading) {
    readings.add(reading);
  }

  void remove(Reading reading) {
    readings.remove(reading);
  }

  /** Something is being served. */
  void watch() {
    active = true;
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  private void live() {
    int idle = 0;
    while (!closed) {
      if (idle < IDLE_LOOKS) {
        LockSupport.parkNanos(LONG_NANOS);
      } else {
        sleep();
        idle = 0;
      }
      idle = look() ? 0 : idle + 1;
    }
  }

  private void sleep() {
    asleep = true;
    if (!active) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  /** Whether anything has been served since the last look, or still is. */
  private boolean look() {
    boolean wasActive = active;
    active = false;
    long now = now();
    for (Reading reading : readings) {
      if (reading.isServing()) {
        active = true;
        reading.giveAwayIfLong(now, LONG_NANOS);
      }
    }
    return wasActive;
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
