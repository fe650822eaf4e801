package org.quicksilver.queue.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A channel that loses, repeats and reorders. */
final class Wire<T> {

  private final List<T> underWay = new ArrayList<>();
  private final Random random;
  private final boolean isGood;

  Wire(Random random, boolean isGood) {
    this.random = random;
    this.isGood = isGood;
  }

  void send(T frame) {
    if (isGood || random.nextInt(4) != 0) {
      underWay.add(frame);
    }
    if (!isGood && random.nextInt(4) == 0) {
      underWay.add(frame);
    }
  }

  boolean isEmpty() {
    return underWay.isEmpty();
  }

  T next() {
    return underWay.remove(isGood ? 0 : random.nextInt(underWay.size()));
  }

  void clear() {
    underWay.clear();
  }
}
