package org.quicksilver.queue;

import java.util.concurrent.atomic.LongAdder;

/** What a process has sent over all its channels to other processes. Thread-safe. */
final class Traffic {

  private final LongAdder frames = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void sent(int size) {
    frames.increment();
    bytes.add(size);
  }

  long frames() {
    return frames.sum();
  }

  long bytes() {
    return bytes.sum();
  }
}
