package org.quicksilver.memory.vista;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The layout of an undo log, version 2. All numbers little-endian.
 *
 * <pre>
 *  file      +--------------------+ 0
 *            | header             |
 *            +--------------------+ 4 KiB
 *            | segment table      |  64 entries of 1 KiB
 *            +--------------------+ 68 KiB
 *            | transaction slots  |  1024 slots of 64 bytes
 *            +--------------------+ 132 KiB
 *            | chunk 0, 8 KiB     |  undo entries
 *            +--------------------+
 *            | chunk 1 ...        |
 *
 *  header    0        8         12          16           24            32
 *            +--------+---------+-----------+------------+-------------+
 *            | magic  | version | CRC32C    | log length | created, ms |   never changed
 *            +--------+---------+-----------+------------+-------------+
 *            | 256 generation (int) | ~generation (int)                |   one store
 *            +----------------------+----------------------------------+
 *            | 512 state, if the generation is even                    |
 *            | 768 state, if the generation is odd                     |
 *
 *  state     0           4            8            16               24                   40
 *            +-----------+------------+------------+----------------+--------------------+
 *            | CRC32C    | generation | open (0/1) | process ID     | boot ID of machine | opened, ms
 *            +-----------+------------+------------+----------------+--------------------+
 *
 *  segment   0              4                8                                        1024
 *            +--------------+----------------+---------------------------------------------+
 *            | path length  | CRC32C of path | path, UTF-8; relative to the log's directory |
 *            +--------------+----------------+---------------------------------------------+
 *             one store, after the path; 0: free
 *
 *  slot      0           4                        8
 *            +-----------+------------------------+-------+
 *            | state     | position of the newest | tid   |
 *            +-----------+------------------------+-------+
 *             one store; state 0: nothing to undo, 1: active, 2: prepared
 *
 *  entry     0          4        8                   16        20      24
 *            +----------+--------+-------------------+---------+-------+-----------+
 *            | previous | length | offset in segment | segment | check | old bytes, padded to 8
 *            +----------+--------+-------------------+---------+-------+-----------+
 * </pre>
 *
 * <p>An entry is written, then linked by the release store of its slot's word, and only then does
 * the caller change what it describes. So a kill at any instruction leaves a chain of whole entries
 * for every byte that may have been changed. A commit stores 0. The entry's check, {@link
 * EntryCheck}, covers the old bytes, its numbers, its position and the transaction.
 *
 * <p>A prepared transaction's newest entry, and no other, is its name: segment -1, the CRC32C of
 * the name as offset, and the name in place of old bytes.
 */
final class VistaFormat {

  static final long MAGIC = 0x3141545349565351L;
  static final int VERSION = 2;

  static final int H_MAGIC = 0;
  static final int H_VERSION = 8;
  static final int H_CRC = 12;
  static final int H_LENGTH = 16;
  static final int H_CREATED = 24;
  static final int PREAMBLE = 256;
  static final int H_GENERATION = 256;
  static final int H_STATES = 512;
  static final int STATE_SIZE = 256;
  static final int HEADER_SIZE = 4096;

  static final int T_CRC = 0;
  static final int T_GENERATION = 4;
  static final int T_OPEN = 8;
  static final int T_PID = 16;
  static final int T_BOOT = 24;
  static final int T_OPENED = 40;

  static final int SEGMENTS = 64;
  static final int SEGMENT_ENTRY = 1024;
  static final int G_WORD = 0;
  static final int G_PATH = 8;
  static final int LONGEST_PATH = SEGMENT_ENTRY - G_PATH;

  static final int SLOTS_AT = HEADER_SIZE + SEGMENTS * SEGMENT_ENTRY;
  static final int SLOT_BITS = 10;
  static final int SLOTS = 1 << SLOT_BITS;
  static final int SLOT_SIZE = 64;
  static final int S_WORD = 0;
  static final int S_TID = 8;

  static final int NOTHING = 0;
  static final int ACTIVE = 1;
  static final int PREPARED = 2;

  static final int CHUNKS_AT = SLOTS_AT + SLOTS * SLOT_SIZE;
  static final int CHUNK = 8192;

  static final int E_PREVIOUS = 0;
  static final int E_LENGTH = 4;
  static final int E_OFFSET = 8;
  static final int E_SEGMENT = 16;
  static final int E_CHECK = 20;
  static final int E_BYTES = 24;
  static final int NAME = -1;

  /** The smallest log has one chunk. */
  static final long SHORTEST_LOG = CHUNKS_AT + CHUNK;

  /** One mapped buffer. */
  static final long LONGEST_LOG = 1L << 30;

  /** The longest name of a prepared transaction, bytes: it lies in one chunk. */
  static final int LONGEST_NAME = 4096;

  static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private VistaFormat() {}

  static int slotAt(int slot) {
    return SLOTS_AT + slot * SLOT_SIZE;
  }

  static int segmentAt(int number) {
    return HEADER_SIZE + number * SEGMENT_ENTRY;
  }

  static int chunkAt(int number) {
    return CHUNKS_AT + number * CHUNK;
  }

  static int chunkOf(int position) {
    return (position - CHUNKS_AT) / CHUNK;
  }

  static int chunks(long logLength) {
    return (int) ((logLength - CHUNKS_AT) / CHUNK);
  }

  static long word(int state, int newest) {
    return (long) newest << 32 | state;
  }

  static int state(long word) {
    return (int) word;
  }

  static int newest(long word) {
    return (int) (word >>> 32);
  }

  /** Bytes of an entry, padded. */
  static int entrySize(int length) {
    return E_BYTES + (length + 7 & -8);
  }
}
