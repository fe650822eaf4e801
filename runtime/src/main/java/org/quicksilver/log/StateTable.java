package org.quicksilver.log;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes by key, where a process killed within {@link #put} leaves the old value or the new one,
 * never neither.
 *
 * <p>A key has two places, even and odd. A new value is put into the free one, with the next
 * version, and the old one removed then. Which version is the last is kept in the heap, and found
 * when the table is opened; where both places are taken then, the older is removed.
 *
 * <pre>
 *   key:    UTF-8 of the key | 0 or 1         value:  version (one byte) | the value
 * </pre>
 */
final class StateTable {

  private final MapFile map;
  private final Map<String, Integer> versions = new HashMap<>();

  /** Finds the last version of every key; removes places that hold anything else. */
  StateTable(MapFile map) {
    this.map = map;
    for (byte[] place : map.keys()) {
      byte[] stored = map.get(place);
      if (stored == null || stored.length == 0 || (stored[0] & 1) != place[place.length - 1]) {
        map.remove(place);
      } else {
        found(Texts.text(place, place.length - 1), stored[0] & 0xff);
      }
    }
  }

  /** Two versions of one key are neighbours. */
  private void found(String key, int version) {
    Integer other = versions.get(key);
    if (other == null || next(other) == version) {
      versions.put(key, version);
    }
    if (other != null) {
      map.remove(place(key, next(other) == version ? other : version));
    }
  }

  private static int next(int version) {
    return (version + 1) & 0xff;
  }

  /** Whether nothing in it was lost before it was opened; of a new one that is not known. */
  boolean isWhole() {
    return map.isWhole();
  }

  void put(String key, byte[] value) {
    Integer last = versions.get(key);
    int version = last == null ? 0 : next(last);
    map.put(place(key, version), stored(version, value));
    versions.put(key, version);
    if (last != null) {
      map.remove(place(key, last));
    }
  }

  byte @Nullable [] get(String key) {
    Integer last = versions.get(key);
    byte[] stored = last == null ? null : map.get(place(key, last));
    return stored == null ? null : Arrays.copyOfRange(stored, 1, stored.length);
  }

  void remove(String key) {
    Integer last = versions.remove(key);
    if (last != null) {
      map.remove(place(key, last));
    }
  }

  /** Calls with a snapshot of the keys; an entry removed meanwhile is left out. */
  void forEach(BiConsumer<String, byte[]> action) {
    for (String key : List.copyOf(versions.keySet())) {
      byte[] value = get(key);
      if (value != null) {
        action.accept(key, value);
      }
    }
  }

  private static byte[] place(String key, int version) {
    byte[] bytes = Texts.key(key);
    byte[] place = Arrays.copyOf(bytes, bytes.length + 1);
    place[bytes.length] = (byte) (version & 1);
    return place;
  }

  private static byte[] stored(int version, byte[] value) {
    byte[] stored = new byte[value.length + 1];
    stored[0] = (byte) version;
    System.arraycopy(value, 0, stored, 1, value.length);
    return stored;
  }
}
