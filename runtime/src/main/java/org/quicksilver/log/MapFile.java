package org.quicksilver.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.map.ChronicleMap;
import org.jspecify.annotations.Nullable;

/**
 * One open Chronicle Map file, bytes to bytes. Made by {@link MapFiles}.
 *
 * <p>What a method has written when it returns survives the death of the process. A process killed
 * within {@link #put} over an existing key may lose the old value as well as the new: callers that
 * cannot bear that put under a new key and remove the old one afterwards.
 */
final class MapFile implements AutoCloseable {

  private final Path file;
  private final ChronicleMap<byte[], byte[]> map;
  private final boolean whole;

  MapFile(Path file, ChronicleMap<byte[], byte[]> map, boolean whole) {
    this.file = file;
    this.map = map;
    this.whole = whole;
  }

  /** Whether all that was ever in it was found when it was opened; a new one is not. */
  boolean isWhole() {
    return whole;
  }

  byte @Nullable [] get(byte[] key) {
    return map.get(key);
  }

  boolean contains(byte[] key) {
    return map.containsKey(key);
  }

  /**
   * Stores an entry.
   *
   * @throws StoreFullException if there is no room for it
   */
  void put(byte[] key, byte[] value) {
    try {
      map.put(key, value);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new StoreFullException(
          file
              + " is full with "
              + map.longSize()
              + " entries: end the transactions or JVMs that are no longer needed; or stop the node and"
              + " remove the file, to begin with an empty one",
          e);
    }
  }

  void remove(byte[] key) {
    map.remove(key);
  }

  long size() {
    return map.longSize();
  }

  /** The keys, in no order; a snapshot, so that entries may be changed while it is walked. */
  List<byte[]> keys() {
    List<byte[]> keys = new ArrayList<>(Math.toIntExact(map.longSize()));
    map.forEachEntry(entry -> keys.add(entry.key().getUsing(null)));
    return keys;
  }

  @Override
  public void close() {
    map.close();
  }
}
