package org.quicksilver;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests that a process made under one transaction: how many are open, and which processes of
 * this node worked for them and are not registered yet. Thread-safe.
 */
final class RequestsUnder {

  private final AtomicInteger open = new AtomicInteger();
  private final Set<Integer> parts = ConcurrentHashMap.newKeySet();

  void asked() {
    open.incrementAndGet();
  }

  void answered() {
    open.decrementAndGet();
  }

  int open() {
    return open.get();
  }

  void tookPart(int process) {
    parts.add(process);
  }

  List<Integer> parts() {
    return List.copyOf(parts);
  }
}
