package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.*;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.quicksilver.memory.LogDamagedException;

/**
 * One entry of an undo log.
 *
 * @param at its position in the log
 * @param previous that of the next older one; 0 if there is none
 * @param length of the old bytes
 * @param offset where they were in the segment; of a name, its CRC
 * @param segment number of the segment, or {@link VistaFormat#NAME}
 */
record UndoEntry(int at, int previous, int length, long offset, int segment) {

  /**
   * Reads an entry and believes nothing.
   *
   * @param tid whose it must be
   * @throws LogDamagedException if it is not an entry of that transaction
   */
  static UndoEntry read(ByteBuffer log, Path file, long tid, int at) {
    if (at < CHUNKS_AT || (at & 7) != 0 || at > log.capacity() - E_BYTES) {
      throw Damage.at(file, at, "a link leads to where no entry can be");
    }
    UndoEntry entry =
        new UndoEntry(
            at,
            log.getInt(at + E_PREVIOUS),
            log.getInt(at + E_LENGTH),
            log.getLong(at + E_OFFSET),
            log.getInt(at + E_SEGMENT));
    if (!entry.isPossible() || log.getInt(at + E_CHECK) != entry.check(log, tid)) {
      throw Damage.at(file, at, "an undo entry is not as it was written");
    }
    if (entry.isName() && entry.offset != crc(entry.bytes(log))) {
      throw Damage.at(file, at, "a transaction's name is not as it was written");
    }
    return entry;
  }

  private int check(ByteBuffer log, long tid) {
    long previousAndLength = previous & 0xffffffffL | (long) length << 32;
    long sum = EntryCheck.sum(log, at + E_BYTES, length);
    return EntryCheck.of(tid, at, previousAndLength, segment, offset, sum);
  }

  private boolean isPossible() {
    int inChunk = (at - CHUNKS_AT) % CHUNK;
    return length >= 0
        && length <= CHUNK
        && inChunk + entrySize(length) <= CHUNK
        && (isName() || segment >= 0 && segment < SEGMENTS && offset >= 0);
  }

  boolean isName() {
    return segment == NAME;
  }

  /** Where the old bytes end in the segment. */
  long end() {
    return offset + length;
  }

  /** The old bytes, or the name. */
  byte[] bytes(ByteBuffer log) {
    byte[] bytes = new byte[length];
    log.get(at + E_BYTES, bytes);
    return bytes;
  }

  static long crc(byte[] name) {
    CRC32C crc = new CRC32C();
    crc.update(name);
    return crc.getValue();
  }
}
