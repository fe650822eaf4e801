package org.quicksilver.log;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.Outcome;

/**
 * Log records of the transaction manager to bytes and back.
 *
 * <pre>
 *   0         1      2                          22
 *   +---------+------+--------------------------+--------+
 *   | version | type | tid: 8 + 4 + 8           | fields |   big-endian
 *   +---------+------+--------------------------+--------+
 *   1 prepared:   primary, coordinator (8), round (4), witnesses, participants
 *   2 commit:     participants
 *   3 heuristic:  outcome (1)
 *   4 end
 *   lists: number (4), then each; see {@link ParticipantCodec}
 * </pre>
 *
 * <p>Thread-safe. Nothing read is trusted: {@link #decode} throws {@link
 * MalformedLogRecordException}, and nothing else, for any bytes.
 */
public final class LogRecordCodec {

  private static final byte VERSION = 1;
  private static final byte PREPARED = 1;
  private static final byte COMMIT = 2;
  private static final byte HEURISTIC = 3;
  private static final byte END = 4;
  private static final int FIXED = 1 + 1 + ParticipantCodec.TID;

  private LogRecordCodec() {}

  /** Encodes a record. */
  public static byte[] encode(LogRecord log) {
    if (log instanceof LogRecord.Prepared prepared) {
      return encode(prepared);
    }
    if (log instanceof LogRecord.Commit commit) {
      int length = ParticipantCodec.length(commit.participants());
      ByteBuffer bytes = begin(COMMIT, log, length);
      ParticipantCodec.putParticipants(bytes, commit.participants());
      return bytes.array();
    }
    if (log instanceof LogRecord.Heuristic heuristic) {
      return begin(HEURISTIC, log, 1).put((byte) heuristic.outcome().ordinal()).array();
    }
    return begin(END, log, 0).array();
  }

  private static byte[] encode(LogRecord.Prepared log) {
    int length =
        ParticipantCodec.NODE
            + Long.BYTES
            + Integer.BYTES
            + ParticipantCodec.lengthOfNodes(log.witnesses())
            + ParticipantCodec.length(log.participants());
    ByteBuffer bytes = begin(PREPARED, log, length);
    ParticipantCodec.putNode(bytes, log.primary());
    bytes.putLong(log.coordinator().value()).putInt(log.round());
    ParticipantCodec.putNodes(bytes, log.witnesses());
    ParticipantCodec.putParticipants(bytes, log.participants());
    return bytes.array();
  }

  private static ByteBuffer begin(byte type, LogRecord log, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(FIXED + length).put(VERSION).put(type);
    ParticipantCodec.putTid(bytes, log.tid());
    return bytes;
  }

  /**
   * Decodes a record.
   *
   * @throws MalformedLogRecordException if the bytes are none
   */
  public static LogRecord decode(byte[] bytes) throws MalformedLogRecordException {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    try {
      byte version = source.get();
      if (version != VERSION) {
        throw malformed("of version " + version + "; this program knows " + VERSION, null);
      }
      LogRecord log = decode(source.get(), source);
      if (source.hasRemaining()) {
        throw malformed("with " + source.remaining() + " bytes left over", null);
      }
      return log;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw malformed("that ends early or holds an impossible value: " + e, e);
    }
  }

  private static LogRecord decode(byte type, ByteBuffer from) {
    return switch (type) {
      case PREPARED ->
          new LogRecord.Prepared(
              ParticipantCodec.tid(from),
              ParticipantCodec.node(from),
              new NodeId(from.getLong()),
              from.getInt(),
              ParticipantCodec.nodes(from),
              ParticipantCodec.participants(from));
      case COMMIT ->
          new LogRecord.Commit(ParticipantCodec.tid(from), ParticipantCodec.participants(from));
      case HEURISTIC ->
          new LogRecord.Heuristic(
              ParticipantCodec.tid(from),
              ParticipantCodec.constant(List.of(Outcome.values()), from.get()));
      case END -> new LogRecord.End(ParticipantCodec.tid(from));
      default -> throw new IllegalArgumentException("type " + type);
    };
  }

  private static MalformedLogRecordException malformed(String how, @Nullable Throwable cause) {
    return new MalformedLogRecordException("a log record " + how, cause);
  }
}
