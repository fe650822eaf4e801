package org.quicksilver.log;

import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * Name and size of one map. The sizes count when the file is made; an existing file keeps its own.
 *
 * @param name name of the file, without suffix
 * @param entries how many entries of average size fit. Too small: the map is full early; too large:
 *     recovery reads more holes of the sparse file
 * @param keyBytes average size of a key
 * @param valueBytes average size of a value
 */
record MapShape(String name, long entries, int keyBytes, int valueBytes) {

  /** The same with another number of entries. */
  MapShape entries(long number) {
    return new MapShape(name, number, keyBytes, valueBytes);
  }

  /**
   * One segment, because there is one thread: more of them would fill unevenly. One tier, so that
   * "full" means full. No exit hook: it would close the map under a node that is still stopping.
   */
  ChronicleMapBuilder<byte[], byte[]> builder() {
    return ChronicleMapBuilder.of(byte[].class, byte[].class)
        .name(name)
        .entries(entries)
        .averageKeySize(keyBytes)
        .averageValueSize(valueBytes)
        .actualSegments(1)
        .maxBloatFactor(1)
        .putReturnsNull(true)
        .removeReturnsNull(true)
        .skipCloseOnExitHook(true)
        .sparseFile(true);
  }
}
