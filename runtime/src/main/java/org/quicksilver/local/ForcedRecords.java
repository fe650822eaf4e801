package org.quicksilver.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.quicksilver.log.LogEntry;
import org.quicksilver.log.LogFullException;
import org.quicksilver.log.LogManager;
import org.quicksilver.log.LogParticipant;
import org.quicksilver.log.LogRecordCodec;
import org.quicksilver.log.Lsn;
import org.quicksilver.log.MalformedLogRecordException;
import org.quicksilver.transaction.LogRecord;
import org.quicksilver.transaction.TransactionId;

/** The records of a {@link LocalManager} in the log of its JVM. Thread-safe. */
final class ForcedRecords implements LocalLog {

  /** Too small: a mark is written for every few transactions; too large: the log grows longer. */
  private static final int ENDS_BETWEEN_MARKS = 1000;

  private static final LogParticipant SELF = LogParticipant.TRANSACTION_MANAGER;

  private final LogManager log;

  /** First record of each transaction that is not over, in their order. Guarded by itself. */
  private final Map<TransactionId, Long> needed = new LinkedHashMap<>();

  private int ends;

  ForcedRecords(LogManager log) {
    this.log = log;
  }

  /** What the log has of each transaction that is not over. */
  Map<TransactionId, List<LogRecord>> recover() throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    log.read(SELF, log.lowWater(SELF), entries::add);
    Map<TransactionId, List<LogRecord>> open = new LinkedHashMap<>();
    for (LogEntry entry : entries) {
      recover(entry, open);
    }
    return open;
  }

  private void recover(LogEntry entry, Map<TransactionId, List<LogRecord>> open)
      throws MalformedLogRecordException {
    LogRecord record = LogRecordCodec.decode(entry.payload());
    TransactionId tid = record.tid();
    synchronized (needed) {
      if (record instanceof LogRecord.End) {
        open.remove(tid);
        needed.remove(tid);
      } else {
        open.computeIfAbsent(tid, any -> new ArrayList<>()).add(record);
        needed.putIfAbsent(tid, entry.lsn());
      }
    }
  }

  @Override
  public void force(LogRecord record) {
    byte[] bytes = LogRecordCodec.encode(record);
    long lsn;
    // In one order, so that the first that is needed is the oldest.
    synchronized (needed) {
      lsn = log.append(SELF, bytes);
      needed.putIfAbsent(record.tid(), lsn);
    }
    log.force(lsn);
  }

  /** In a full log it is left out: it only says that nothing is to be done. */
  @Override
  public void append(LogRecord record) {
    byte[] bytes = LogRecordCodec.encode(record);
    long low = Lsn.NONE;
    synchronized (needed) {
      needed.remove(record.tid());
      long last = appended(bytes);
      if (++ends % ENDS_BETWEEN_MARKS == 0) {
        low = needed.isEmpty() ? last : needed.values().iterator().next();
      }
    }
    if (low != Lsn.NONE) {
      log.checkpoint(SELF, low);
    }
  }

  private long appended(byte[] end) {
    try {
      return log.append(SELF, end);
    } catch (LogFullException e) {
      return log.forced();
    }
  }
}
