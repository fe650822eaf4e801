package org.quicksilver.log;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.quicksilver.log.NodeStore.Section;

/** A store whose values are text. */
final class TextStore {

  private TextStore() {}

  static void put(NodeStore store, Section section, String key, String text) {
    store.put(section, key, text.getBytes(StandardCharsets.UTF_8));
  }

  static String get(NodeStore store, Section section, String key) {
    byte[] value = store.get(section, key);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  static void forEach(NodeStore store, Section section, BiConsumer<String, String> action) {
    store.forEach(
        section, (key, value) -> action.accept(key, new String(value, StandardCharsets.UTF_8)));
  }
}
