package org.quicksilver.node;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.quicksilver.log.NodeStore;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.node.Counters.Count;

/**
 * Keeps records in the store as JSON. A store without room costs only what a successor would have
 * known: it is counted and logged, and the node goes on. Node thread only; what is put survives the
 * process when the call returns, not the power.
 */
final class Ledger {

  private final NodeStore store;
  private final NodeLog log;
  private final Counters counters;

  Ledger(NodeStore store, NodeLog log, Counters counters) {
    this.store = store;
    this.log = log;
    this.counters = counters;
  }

  void put(Section section, String key, Object value) {
    try {
      store.put(section, key, Json.write(value));
    } catch (RuntimeException e) {
      counters.add(Count.UNSTORED);
      if (Long.bitCount(counters.get(Count.UNSTORED)) == 1) {
        log.error("not stored: " + section + " " + key, e);
      }
    }
  }

  /** Whether all is still there that was ever put and not removed. */
  boolean isWhole(Section section) {
    return store.isWhole(section);
  }

  void remove(Section section, String key) {
    store.remove(section, key);
  }

  /**
   * Calls back for every record whose key begins so; those that cannot be read are logged and
   * dropped.
   */
  <T> void forEach(Section section, String prefix, Class<T> type, BiConsumer<String, T> consumer) {
    Map<String, T> found = new HashMap<>();
    store.forEach(
        section,
        (key, json) -> {
          if (key.startsWith(prefix)) {
            try {
              found.put(key, Json.read(json, type));
            } catch (RuntimeException e) {
              log.error("dropped what cannot be read: " + section + " " + key + " " + json, e);
            }
          }
        });
    found.forEach(consumer);
  }
}
