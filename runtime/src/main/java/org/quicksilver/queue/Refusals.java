package org.quicksilver.queue;

import java.util.concurrent.atomic.AtomicLong;
import org.quicksilver.QueuePort;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.queue.protocol.BadFrameException;

/**
 * Channels of this process that were closed because what came over them was no frame of this
 * version. Counted here; the node, whose log an operator reads, is told at once of the first, the
 * second, the fourth and so on, and of the others within a second. Thread-safe.
 */
final class Refusals {

  private final QueuePort port;
  private final AtomicLong count = new AtomicLong();
  private volatile String last = "";
  private volatile long told;

  Refusals(QueuePort port) {
    this.port = port;
  }

  /** One more. */
  void add(ProcessName peer, BadFrameException why) {
    last = peer + ": " + why.getMessage();
    if (Long.bitCount(count.incrementAndGet()) == 1) {
      tell();
    }
  }

  /** How many. */
  long count() {
    return count.get();
  }

  /** Tells the node of those it has not been told of; called again and again, by one thread. */
  void tick() {
    if (count.get() != told) {
      tell();
    }
  }

  /** The node is there again. */
  void sayAgain() {
    if (count.get() > 0) {
      tell();
    }
  }

  private void tell() {
    long now = count.get();
    port.send(new QueueMessage.Refused(now, last));
    told = now;
  }
}
