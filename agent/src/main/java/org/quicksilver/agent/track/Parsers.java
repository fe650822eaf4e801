package org.quicksilver.agent.track;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which connection an object of a server takes requests apart for. Over TLS it may go on with bytes
 * that were read long before, by another thread or before that one read from another connection.
 * Keeps none of them alive. Thread-safe.
 */
final class Parsers {

  private final Map<Object, Inflow> inflows = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  /**
   * That of a parser.
   *
   * @param reading of which the thread has read last, in what it does now; null if of none
   * @return null if it is not known
   */
  @Nullable Inflow of(Object parser, @Nullable Inflow reading) {
    if (reading != null && reading.isFor(parser)) {
      return reading;
    }
    Inflow known = inflows.get(new TaskTable.Probe(parser));
    if (known == null && reading != null && reading.parse(parser)) {
      forgetCollected();
      inflows.put(new TaskTable.Key(parser, collected), reading);
      known = reading;
    }
    return known;
  }

  private void forgetCollected() {
    for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
      inflows.remove(gone);
    }
  }
}
