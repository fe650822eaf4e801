package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The log of a node, without threads: records of all participants in one order, appended in memory,
 * written and forced when it is told to. {@link LogManager} is the same for many threads.
 *
 * <p>Durability: a record that was only appended is lost with the process; {@link #write} makes it
 * survive the process, {@link #force} a power failure. What survives is always everything up to
 * some record, never a later record without an earlier one.
 *
 * <p>Not thread-safe. An exception other than {@link LogFailedException} leaves the log as it was.
 *
 * <p>Source: QuickSilver, log manager; design.md, "The parts".
 */
public final class ForcedLog implements AutoCloseable {

  private final Tail tail;
  private final LogFiles files;

  ForcedLog(Tail tail, LogFiles files) {
    this.tail = tail;
    this.files = files;
  }

  /**
   * Opens a log, a new one if the storage is empty; recovers it. Begins a new generation, which
   * survives a power failure when this returns.
   *
   * @throws LogDamagedException if forced records are damaged; nothing was changed
   * @throws LogFullException if there is no room for the record that begins the generation
   * @throws IOException if the storage fails
   */
  public static ForcedLog open(LogStorage storage, LogLimits limits) throws IOException {
    return new LogRecovery(storage).open(limits);
  }

  void begin() {
    if (tail.mustGrowToBegin()) {
      tail.offer(files.create());
    }
    tail.begin();
    force();
  }

  Tail tail() {
    return tail;
  }

  LogFiles files() {
    return files;
  }

  /**
   * Appends a record in memory. It survives nothing yet.
   *
   * @param payload what is between its position and its limit is copied; both stay
   * @return its number, greater than every other ever given
   * @throws IllegalArgumentException if it is longer than {@link LogLimits#longestPayload}
   * @throws LogFullException if there is no room on the disk; it is not appended
   */
  public long append(LogParticipant participant, ByteBuffer payload) {
    int size = tail.limits().sizeOf(participant, payload);
    for (Room room = tail.room(size); room != Room.READY; room = tail.room(size)) {
      if (room == Room.SEGMENT_MISSING) {
        tail.offer(files.create());
      } else {
        write();
      }
    }
    return tail.append(participant, payload);
  }

  /**
   * Writes what is in memory: it survives the death of the process, not a power failure.
   *
   * @return the last record that is written
   * @throws LogFailedException if that fails; see there
   */
  public long write() {
    if (!tail.isEmpty()) {
      files.write(tail.drain(files.forced()));
    }
    return files.written();
  }

  /**
   * Writes what is in memory and forces it: everything appended before survives a power failure.
   * Then deletes the segments that nobody needs any more.
   *
   * @return the last record that survives
   * @throws LogFailedException if that fails; see there
   */
  public long force() {
    write();
    files.force();
    files.truncate();
    return files.forced();
  }

  /** The last record that survives a power failure. */
  public long forced() {
    return files.forced();
  }

  /**
   * Says that a participant needs none of its records below a number any more: its low-water mark.
   * It counts, and segments are deleted by it, from the next force on, which makes all records
   * survive that take the place of those given up. Marks survive what records survive; one that is
   * set when the segment is full survives from the first record of the next segment on, and until
   * then a crash may bring back the mark before, not the segments. A lower mark than before changes
   * nothing. A participant that never set one holds all its records.
   *
   * @throws IllegalArgumentException if the number is beyond the end of the log
   * @throws IllegalStateException if there are too many participants for segments of this size
   */
  public void checkpoint(LogParticipant participant, long lsn) {
    if (tail.room(MarkRecord.size(participant)) == Room.BUFFER_FULL) {
      write();
    }
    tail.mark(participant, lsn);
  }

  /** A participant's low-water mark; {@link Lsn#NONE} if it never set one. */
  public long lowWater(LogParticipant participant) {
    return tail.lowWater(participant);
  }

  /**
   * Calls with each record of a participant from a number on, in their order, those included that
   * are not forced yet: they are written first. Records below its low-water mark may be missing.
   *
   * @throws IOException if the files cannot be read
   * @throws LogFailedException if writing fails
   */
  public void read(LogParticipant participant, long from, Consumer<LogEntry> action)
      throws IOException {
    write();
    Optional<Segments.Page> page = files.page(participant, from, 0);
    while (page.isPresent()) {
      page.get().entries().forEach(action);
      page = files.page(participant, from, page.get().segment());
    }
  }

  /**
   * Forces everything and closes the files. A second call does nothing.
   *
   * @throws LogFailedException if the force fails; the files are closed
   * @throws IOException if a file cannot be closed
   */
  @Override
  public void close() throws IOException {
    try {
      if (files.isUsable()) {
        force();
        tail.end();
        force();
      }
    } finally {
      files.close();
    }
  }
}
