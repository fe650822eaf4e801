package org.quicksilver.handle;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The layout of a breadcrumb file, version 3. All numbers little-endian.
 *
 * <pre>
 *  file      +--------------------+ 0
 *            | header             |
 *            +--------------------+ 128 KiB
 *            | segment 0, 64 KiB  |  128 slots of 512 bytes, or text
 *            +--------------------+
 *            | segment 1 ...      |
 *
 *  header    0        8       12        16            20
 *            +--------+-------+---------+-------------+-------------+
 *            | magic  |version|slot size|segment size | incarnation |
 *            +--------+-------+---------+-------------+-------------+
 *            | 24 node ID     | 32 process ID   | 40 created, ms     |
 *            +----------------+-----------------+--------------------+
 *            | 48 CRC32 of bytes 0 to 47       |
 *            +----------------------------------+
 *            | 128 phase (1 running, 2 leaving) | 136 process start, ms
 *            | 144 number of segments           | 148 command (text)
 *            | 152 policies (text)              | 156 hooks not matched (text)
 *            | 160 descriptors of our own and of the JVM, a bit each |
 *            | 4096 directory: per segment  type (int), base (int)   |
 *
 *  slot      0 word | 8 opened, ms | 16 thread ID, 7 bytes | 23 cause
 *            24 transaction A: node, sequence, incarnation, check
 *            48 transaction B: the same
 *            72 stack (text) | 76 check of the text below, opened and extra
 *            80 length of text (short) | 82 length of thread name (byte) | 84 check of the trace
 *            88 extra (process ID, inode)
 *            96 thread name, 32 bytes | 128 text, 368 bytes | 496 trace ID
 *
 *  word      63        32 31      24 23   16 15    8 7     0
 *            +-----------+----------+-------+-------+-------+
 *            | generation|  check   | flags | kind  | state |
 *            +-----------+----------+-------+-------+-------+
 *
 *  text      length (int, published last) | CRC32 (int) | UTF-8 bytes | padding to 8
 * </pre>
 *
 * <p>A slot is published by one release store of its word, and changed by one compare-and-set of
 * it: a kill at any instruction leaves the old record, the new one, or a free slot. There are two
 * transaction fields; a flag says which one counts, so that a handle can be moved to another
 * transaction in one store. A text number is the offset of the text in the file, divided by 8.
 *
 * <p>The file survives the process, not the power (the Rio file cache). It is preallocated, so that
 * a full disk is an error of the call that grows it, not a fault in the application's store. The
 * checksum is the one that every JVM has in use already when it starts.
 */
final class Breadcrumbs {
  static final long MAGIC = 0x31424d5243535121L;
  static final int VERSION = 3;
  static final int HEADER_SIZE = 128 * 1024;
  static final int SEGMENT_SIZE = 64 * 1024;
  static final int SLOT_SIZE = 512;
  static final int SLOTS_PER_SEGMENT = SEGMENT_SIZE / SLOT_SIZE;
  static final int SLOT_SHIFT = 7;

  static final int H_MAGIC = 0;
  static final int H_VERSION = 8;
  static final int H_SLOT_SIZE = 12;
  static final int H_SEGMENT_SIZE = 16;
  static final int H_INCARNATION = 20;
  static final int H_NODE = 24;
  static final int H_PID = 32;
  static final int H_CREATED = 40;
  static final int H_CRC = 48;
  static final int H_PHASE = 128;
  static final int H_STARTED = 136;
  static final int H_SEGMENTS = 144;
  static final int H_COMMAND = 148;
  static final int H_POLICIES = 152;
  static final int H_UNMATCHED = 156;
  static final int H_OWN = 160;
  static final int H_DIRECTORY = 4096;
  static final int MOST_SEGMENTS = (HEADER_SIZE - H_DIRECTORY) / 8;

  static final int DESCRIPTOR_SLOTS = 1;
  static final int OTHER_SLOTS = 2;
  static final int TEXT = 3;

  static final int S_WORD = 0;
  static final int S_OPENED = 8;
  static final int S_THREAD_ID = 16;
  static final int S_CAUSE = 23;
  static final int S_TRANSACTION_A = 24;
  static final int S_TRANSACTION_B = 48;
  static final int S_STACK = 72;
  static final int S_TEXT_CHECK = 76;
  static final int S_TEXT_LENGTH = 80;
  static final int S_THREAD_LENGTH = 82;
  static final int S_TRACE_CHECK = 84;
  static final int S_EXTRA = 88;
  static final int S_THREAD = 96;
  static final int THREAD_LENGTH = 32;
  static final int S_TEXT = 128;
  static final int S_TRACE = 496;
  static final int TEXT_LENGTH = S_TRACE - S_TEXT;

  static final int FREE = 0;
  static final int OPEN = 1;
  static final int ACCEPTED = 1 << 16;
  static final int SECOND_TRANSACTION = 1 << 17;
  static final int CUT = 1 << 18;

  static final int RUNNING = 1;
  static final int LEAVING = 2;

  static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Breadcrumbs() {}

  static int state(long word) {
    return (int) word & 0xff;
  }

  static int kind(long word) {
    return (int) word >>> 8 & 0xff;
  }

  static int generation(long word) {
    return (int) (word >>> 32);
  }

  static int transactionOffset(long word) {
    return (word & SECOND_TRANSACTION) == 0 ? S_TRANSACTION_A : S_TRANSACTION_B;
  }

  /**
   * The word of an open slot with its check in it: a flipped bit would otherwise make it another
   * kind, or name the other transaction.
   */
  static long sealed(long word) {
    long bare = word & ~0xff000000L;
    return bare | (check(bare, 0, 0) & 0xffL) << 24;
  }

  /** Guards a transaction ID against a flipped bit, which would otherwise name its neighbour. */
  static int check(long node, int incarnation, long sequence) {
    long mixed = node * 0x9e3779b97f4a7c15L + incarnation;
    mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L + sequence;
    mixed = (mixed ^ mixed >>> 32) * 0x94d049bb133111ebL;
    return (int) (mixed >>> 32);
  }

  /**
   * Guards the text and whether it is whole, and with it what never changes as long as the handle
   * is open: its kind and generation, and the numbers that say which process or file it means.
   */
  static int textCheck(long word, long openedAtMillis, long extra, byte[] text, int length) {
    return textCheck(new CRC32(), word, openedAtMillis, extra, text, length);
  }

  /**
   * The same for a hot path.
   *
   * @param crc used again and again, by one thread
   */
  static int textCheck(
      CRC32 crc, long word, long openedAtMillis, long extra, byte[] text, int length) {
    int lasting = generation(word) * 31 + ((int) word & (ACCEPTED | CUT | 0xff00));
    crc.reset();
    crc.update(text, 0, length);
    return (int) crc.getValue() ^ check(openedAtMillis, lasting, extra);
  }

  /** Long texts lose their middle: a path is told by its beginning and its end. */
  static byte[] fitting(byte[] text) {
    if (text.length <= TEXT_LENGTH) {
      return text;
    }
    byte[] cut = Arrays.copyOf(text, TEXT_LENGTH);
    int tail = TEXT_LENGTH / 2;
    System.arraycopy(text, text.length - tail, cut, TEXT_LENGTH - tail, tail);
    cut[TEXT_LENGTH - tail - 1] = '~';
    return cut;
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  static int headerCrc(ByteBuffer header) {
    byte[] fixed = new byte[H_CRC];
    header.get(0, fixed);
    return crc(fixed, 0, H_CRC);
  }
}
