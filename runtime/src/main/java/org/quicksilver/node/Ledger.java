package org.quicksilver.node;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.quicksilver.log.NodeStore;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.node.Counters.Count;

/**
 * Keeps records in the store: as JSON, or in a form of their own. A store without room costs only
 * what a successor would have known: it is counted and logged, and the node goes on. Node thread
 * only; what is put survives the process when the call returns, not the power.
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

  /** Puts a record as JSON. */
  void put(Section section, String key, Object value) {
    putIfRoom(section, key, value);
  }

  /** The same; false if there was no room. */
  boolean putIfRoom(Section section, String key, Object value) {
    return putIfRoom(section, key, Json.write(value).getBytes(StandardCharsets.UTF_8));
  }

  /** Puts what has its own form. */
  void put(Section section, String key, byte[] value) {
    putIfRoom(section, key, value);
  }

  private boolean putIfRoom(Section section, String key, byte[] value) {
    try {
      store.put(section, key, value);
      return true;
    } catch (RuntimeException e) {
      counters.add(Count.UNSTORED);
      if (Long.bitCount(counters.get(Count.UNSTORED)) == 1) {
        log.error("not stored: " + section + " " + key, e);
      }
      return false;
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
    forEach(
        section,
        prefix,
        bytes -> Json.read(new String(bytes, StandardCharsets.UTF_8), type),
        consumer);
  }

  /** The same of what has its own form. */
  <T> void forEach(
      Section section, String prefix, Function<byte[], T> form, BiConsumer<String, T> consumer) {
    Map<String, T> found = new HashMap<>();
    store.forEach(
        section,
        (key, value) -> {
          if (key.startsWith(prefix)) {
            try {
              found.put(key, form.apply(value));
            } catch (RuntimeException e) {
              log.error("dropped what cannot be read: " + section + " " + key, e);
            }
          }
        });
    found.forEach(consumer);
  }
}
