package org.quicksilver.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Text by key, where a process killed within {@link #put} leaves the old value or the new one,
 * never neither.
 *
 * <p>A key has two places, even and odd. A new value is put into the free one, with the next
 * version, and the old one removed then; after an unclean stop {@link #settle} keeps the newer
 * where it finds both.
 *
 * <pre>
 *   key:    UTF-8 of the key | 0 or 1         value:  version | UTF-8 of the text
 * </pre>
 */
final class StateTable {

  private final MapFile map;

  StateTable(MapFile map) {
    this.map = map;
  }

  /** Whether nothing in it was lost before it was opened; of a new one that is not known. */
  boolean isWhole() {
    return map.isWhole();
  }

  void put(byte[] key, byte[] text) {
    byte[] place = place(key);
    byte[] old = map.get(place);
    if (old == null) {
      old = map.get(other(place));
    } else {
      place = other(place);
    }
    map.put(place, value(old == null ? 0 : old[0] + 1, text));
    if (old != null) {
      map.remove(other(place));
    }
  }

  @Nullable String get(byte[] key) {
    byte[] place = place(key);
    byte[] value = map.get(place);
    if (value == null) {
      value = map.get(other(place));
    }
    return value == null ? null : text(value);
  }

  void remove(byte[] key) {
    byte[] place = place(key);
    map.remove(place);
    map.remove(other(place));
  }

  /** Calls with a snapshot of the keys; an entry removed meanwhile is left out. */
  void forEach(BiConsumer<String, String> action) {
    for (byte[] place : map.keys()) {
      byte[] value = map.get(place);
      if (value != null) {
        action.accept(key(place), text(value));
      }
    }
  }

  /** After an unclean stop: removes the older of two values of a key. */
  void settle() {
    for (byte[] place : map.keys()) {
      byte[] other = other(place);
      if (map.contains(place) && map.contains(other)) {
        map.remove(isNewer(place, other) ? other : place);
      }
    }
  }

  private boolean isNewer(byte[] place, byte[] other) {
    byte[] value = map.get(place);
    byte[] otherValue = map.get(other);
    return otherValue == null || (value != null && value[0] == (byte) (otherValue[0] + 1));
  }

  private static byte[] place(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  private static byte[] other(byte[] place) {
    byte[] other = place.clone();
    other[other.length - 1] ^= 1;
    return other;
  }

  private static String key(byte[] place) {
    return new String(place, 0, place.length - 1, StandardCharsets.UTF_8);
  }

  private static byte[] value(int version, byte[] text) {
    byte[] value = new byte[text.length + 1];
    value[0] = (byte) version;
    System.arraycopy(text, 0, value, 1, text.length);
    return value;
  }

  private static String text(byte[] value) {
    return new String(value, 1, value.length - 1, StandardCharsets.UTF_8);
  }
}
