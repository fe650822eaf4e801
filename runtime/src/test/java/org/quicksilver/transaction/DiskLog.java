package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.quicksilver.log.ForcedLog;
import org.quicksilver.log.LogEntry;
import org.quicksilver.log.LogLimits;
import org.quicksilver.log.LogParticipant;
import org.quicksilver.log.LogRecordCodec;
import org.quicksilver.log.Lsn;
import org.quicksilver.log.MalformedLogRecordException;
import org.quicksilver.log.SimulatedDisk;

/**
 * The log of one node as its shell sees it, with one transaction's records: the real log and its
 * real records, on a disk that may lose, with the power, any sectors that were not forced.
 * Remembers what it was given, and holds the log to it after every loss.
 */
final class DiskLog {

  private static final LogLimits LIMITS = new LogLimits(8192, 1 << 17, 8192);
  private static final LogParticipant SELF = LogParticipant.TRANSACTION_MANAGER;

  /** Kept, so that it stays quiet: it says of every torn end that it cuts it off. */
  private static final Logger LOG = Logger.getLogger("org.quicksilver.log");

  static {
    LOG.setLevel(Level.SEVERE);
  }

  private record Written(long lsn, LogRecord log) {}

  private final boolean isHonest;
  private final Queue<Written> orders = new ArrayDeque<>();
  private List<Written> given = new ArrayList<>();
  private SimulatedDisk disk = new SimulatedDisk();
  private ForcedLog log = open();
  private boolean hasForcedCommit;

  /**
   * Empty.
   *
   * @param isHonest whether what is reported as forced is
   */
  DiskLog(boolean isHonest) {
    this.isHonest = isHonest;
  }

  private ForcedLog open() {
    try {
      return ForcedLog.open(disk, LIMITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In memory; on the disk some time later, and not sure to be there without power. */
  void append(LogRecord record) {
    add(record);
    if (record instanceof LogRecord.End) {
      log.checkpoint(SELF, last());
    }
  }

  private long last() {
    return given.get(given.size() - 1).lsn;
  }

  private Written add(LogRecord record) {
    ByteBuffer bytes = ByteBuffer.wrap(LogRecordCodec.encode(record));
    Written written = new Written(log.append(SELF, bytes), record);
    given.add(written);
    return written;
  }

  /** In memory, and on its way to the disk; done when {@link #completeForce} says so. */
  void force(LogRecord record) {
    orders.add(add(record));
  }

  /**
   * The oldest order to force that was not reported yet, durable now with all before it. Without an
   * order, what is in memory is written.
   */
  Optional<LogRecord> completeForce() {
    Written done = orders.poll();
    if (done != null && isHonest) {
      log.force();
    } else {
      log.write();
    }
    return Optional.ofNullable(done).map(Written::log);
  }

  /** Some milliseconds have passed: what is in memory is written. */
  void write() {
    log.write();
  }

  boolean isForcing() {
    return !orders.isEmpty();
  }

  /** All that it was given and has not lost or been told to forget, in order. */
  List<LogRecord> records() {
    long low = log.lowWater(SELF);
    return given.stream().filter(each -> each.lsn >= low).map(Written::log).toList();
  }

  /** Whether a COMMIT has been made to survive a power failure, be it forgotten since. */
  boolean hasForcedCommit() {
    hasForcedCommit |=
        given.stream()
            .anyMatch(each -> each.lsn <= log.forced() && each.log instanceof LogRecord.Commit);
    return hasForcedCommit;
  }

  /** Orders not reported are never reported; what was in memory only is gone. */
  void onProcessDied() {
    reopen(disk);
  }

  /** As before; and of what was not forced, any sectors are gone. */
  List<LogRecord> onPowerFailed(Random random) {
    return reopen(disk.afterPowerFailure(random::nextInt));
  }

  private List<LogRecord> reopen(SimulatedDisk next) {
    orders.clear();
    long forced = log.forced();
    hasForcedCommit = hasForcedCommit();
    disk = next;
    log = open();
    List<Written> found = read();
    long low = log.lowWater(SELF);
    List<Written> expected = new ArrayList<>(given);
    expected.removeIf(each -> each.lsn < low);
    assertEquals(expected.subList(0, found.size()), found, "read from the disk");
    List<Written> lost = expected.subList(found.size(), expected.size());
    assertTrue(
        lost.stream().noneMatch(each -> each.lsn <= forced), () -> "forced, and lost: " + lost);
    given = found;
    return lost.stream().map(Written::log).toList();
  }

  private List<Written> read() {
    List<LogEntry> entries = new ArrayList<>();
    try {
      log.read(SELF, Math.max(Lsn.NONE, log.lowWater(SELF)), entries::add);
      List<Written> found = new ArrayList<>();
      for (LogEntry each : entries) {
        found.add(new Written(each.lsn(), LogRecordCodec.decode(each.payload())));
      }
      return found;
    } catch (MalformedLogRecordException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
