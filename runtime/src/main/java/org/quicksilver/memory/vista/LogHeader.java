package org.quicksilver.memory.vista;

import static org.quicksilver.memory.vista.VistaFormat.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.quicksilver.memory.LogMissingException;
import org.quicksilver.memory.LogVersionException;
import org.quicksilver.memory.storage.StorageFile;
import org.quicksilver.memory.vista.Steps.Step;

/**
 * The header of an undo log. Its state is written beside the one that counts, then made to count by
 * one store, so that a kill leaves the old one or the new.
 *
 * @param length of the log, bytes
 * @param created when
 * @param generation how often its state has changed
 * @param open whether somebody has it open, or had when he died
 * @param pid who opened it last
 * @param boot in which run of the machine
 * @param opened when
 */
record LogHeader(
    long length,
    Instant created,
    int generation,
    boolean open,
    long pid,
    BootId boot,
    Instant opened) {

  private static final BootId NEVER_OPENED = new BootId(new UUID(0, 0));

  /** That of a new log. */
  static LogHeader fresh(long length, Instant now) {
    return new LogHeader(length, now, 0, false, 0, NEVER_OPENED, Instant.EPOCH);
  }

  LogHeader opened(long by, BootId in, Instant now) {
    return new LogHeader(length, created, generation + 1, true, by, in, now);
  }

  LogHeader closed() {
    return new LogHeader(length, created, generation + 1, false, pid, boot, opened);
  }

  /** Whether all that was ever stored in the log and its segments is still there. */
  boolean survives(BootId here) {
    return !open || boot.equals(here);
  }

  /** As the beginning of a new file. Not in the heap, where newer JDKs have no release stores. */
  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(H_MAGIC, MAGIC);
    bytes.putInt(H_VERSION, VERSION);
    bytes.putLong(H_LENGTH, length);
    bytes.putLong(H_CREATED, created.toEpochMilli());
    bytes.putInt(H_CRC, crcBut(bytes, 0, PREAMBLE, H_CRC));
    store(bytes, Steps.UNWATCHED);
    return bytes;
  }

  /** Makes this the state of a log. */
  void store(ByteBuffer log, Steps steps) {
    int at = stateAt(generation);
    log.put(at, new byte[STATE_SIZE]);
    log.putInt(at + T_GENERATION, generation);
    log.putLong(at + T_OPEN, open ? 1 : 0);
    log.putLong(at + T_PID, pid);
    log.putLong(at + T_BOOT, boot.value().getMostSignificantBits());
    log.putLong(at + T_BOOT + 8, boot.value().getLeastSignificantBits());
    log.putLong(at + T_OPENED, opened.toEpochMilli());
    log.putInt(at + T_CRC, crcBut(log, at, STATE_SIZE, T_CRC));
    steps.done(Step.STATE_WRITTEN);
    LONG.setRelease(log, H_GENERATION, generation & 0xffffffffL | (long) ~generation << 32);
    steps.done(Step.STATE_SWITCHED);
  }

  /**
   * That of a file.
   *
   * @throws org.quicksilver.memory.RecoverableMemoryException if it is none of this version
   */
  static LogHeader of(StorageFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    long size = file.size();
    bytes.limit((int) Math.min(size, HEADER_SIZE));
    file.read(bytes, 0);
    return read(bytes.flip(), size, file.path());
  }

  static boolean hasMagic(StorageFile file) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (file.size() < Long.BYTES) {
      return false;
    }
    file.read(magic, 0);
    return magic.getLong(0) == MAGIC;
  }

  /**
   * Reads one and believes nothing.
   *
   * @param bytes as much of the header as there is
   * @param size of the file
   */
  static LogHeader read(ByteBuffer bytes, long size, Path file) {
    if (size < 8 || bytes.getLong(H_MAGIC) != MAGIC) {
      throw new LogMissingException(file + " is not an undo log of Vista", null);
    }
    if (bytes.limit() < HEADER_SIZE) {
      throw Damage.at(file, size, "the log is cut off in its header");
    }
    if (bytes.getInt(H_VERSION) != VERSION) {
      throw new LogVersionException(
          file
              + " has version "
              + bytes.getInt(H_VERSION)
              + ", this is version "
              + VERSION
              + ": open and close it with the version that made it, then make a new one");
    }
    if (bytes.getInt(H_CRC) != crcBut(bytes, 0, PREAMBLE, H_CRC)) {
      throw Damage.at(file, H_CRC, "the header is not as it was written");
    }
    if (bytes.getLong(H_LENGTH) != size) {
      throw Damage.at(
          file,
          size,
          "the log has " + size + " bytes and was made with " + bytes.getLong(H_LENGTH));
    }
    return readState(bytes, file);
  }

  private static LogHeader readState(ByteBuffer bytes, Path file) {
    int generation = bytes.getInt(H_GENERATION);
    int at = stateAt(generation);
    if (bytes.getInt(H_GENERATION + 4) != ~generation
        || bytes.getInt(at + T_CRC) != crcBut(bytes, at, STATE_SIZE, T_CRC)
        || bytes.getInt(at + T_GENERATION) != generation) {
      throw Damage.at(file, at, "the header's state is not as it was written");
    }
    for (int i = H_GENERATION + 8; i < HEADER_SIZE; i++) {
      if (bytes.get(i) != 0 && (i < H_STATES || i >= H_STATES + 2 * STATE_SIZE)) {
        throw Damage.at(file, i, "the header is not as it was written");
      }
    }
    return new LogHeader(
        bytes.getLong(H_LENGTH),
        Instant.ofEpochMilli(bytes.getLong(H_CREATED)),
        generation,
        bytes.getLong(at + T_OPEN) != 0,
        bytes.getLong(at + T_PID),
        new BootId(new UUID(bytes.getLong(at + T_BOOT), bytes.getLong(at + T_BOOT + 8))),
        Instant.ofEpochMilli(bytes.getLong(at + T_OPENED)));
  }

  private static int stateAt(int generation) {
    return H_STATES + (generation & 1) * STATE_SIZE;
  }

  /** CRC32C of a part of a buffer, without the four bytes where it is to lie. */
  private static int crcBut(ByteBuffer bytes, int from, int size, int crcAt) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(from, crcAt));
    crc.update(bytes.slice(from + crcAt + 4, size - crcAt - 4));
    return (int) crc.getValue();
  }
}
