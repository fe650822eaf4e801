package org.quicksilver.agent.track;

import org.quicksilver.handle.BreadcrumbWriter;

/**
 * The descriptors that are our own or the JVM's, in the heap and in the breadcrumbs, so that nobody
 * wonders whose they are. Thread-safe, and asked without a lock: only a change takes one, and there
 * are few; who does not see it yet leaves a mark that the next with that number takes away. Larger
 * numbers than are kept count as the application's.
 */
public final class OwnDescriptors {

  private static final int WORDS = 512;

  private final BreadcrumbWriter breadcrumbs;
  private final int[] bits = new int[WORDS];

  OwnDescriptors(BreadcrumbWriter breadcrumbs) {
    this.breadcrumbs = breadcrumbs;
  }

  /** One more; a negative number is none. */
  public void add(int descriptor) {
    if (fits(descriptor)) {
      set(descriptor, true);
    }
  }

  void remove(int descriptor) {
    if (fits(descriptor) && (bits[descriptor >>> 5] & 1 << descriptor) != 0) {
      set(descriptor, false);
    }
  }

  private synchronized void set(int descriptor, boolean own) {
    int bit = 1 << descriptor;
    bits[descriptor >>> 5] = own ? bits[descriptor >>> 5] | bit : bits[descriptor >>> 5] & ~bit;
    breadcrumbs.own(descriptor, own);
  }

  private static boolean fits(int descriptor) {
    return descriptor >= 0 && descriptor < WORDS * Integer.SIZE;
  }
}
