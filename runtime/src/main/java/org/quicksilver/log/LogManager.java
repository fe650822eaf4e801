package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.quicksilver.thread.PrivateThread;

/**
 * The log of a node, for everybody: records of the transaction manager and of recoverable servers
 * in one order. They are appended in memory, written in the background, and forced in groups: all
 * who wait while one group is being forced are forced together by the next.
 *
 * <p>Threads: any. All I/O is done by one daemon thread of its own, which cannot be interrupted. A
 * thread that is interrupted while it waits here goes on waiting, and finds itself interrupted when
 * the call returns; no file is closed by that.
 *
 * <p>Durability: a record that is appended survives the death of the process after some
 * milliseconds, or when {@link #write} has returned; a power failure when {@link #force} has
 * returned. What survives is always everything up to some record, never a later record without an
 * earlier one: one force after the last of several records covers all of them.
 *
 * <p>Failure: the first write or force that fails ends the log. Everybody who waits, and every
 * later call, gets a {@link LogFailedException}; the log has to be opened again.
 *
 * <p>The caller sees to it that no other process has the directory open.
 *
 * <p>Source: QuickSilver, log manager; design.md, "The parts".
 */
public final class LogManager implements AutoCloseable {

  private final GroupCommit commit;
  private final Waiting waiting = new Waiting();

  private LogManager(GroupCommit commit) {
    this.commit = commit;
  }

  /**
   * Opens the log of a directory, of usual sizes.
   *
   * @see #open(LogStorage, LogLimits)
   */
  public static LogManager open(Path directory) throws IOException {
    return open(DirectoryStorage.of(directory), LogLimits.USUAL);
  }

  /**
   * Opens a log, a new one if the storage is empty; recovers it: a torn end, in which nothing was
   * forced, is cut off and logged. Blocks until everything there is has been read.
   *
   * @throws LogDamagedException if forced records are damaged; nothing was changed
   * @throws LogFullException if there is no room to begin a generation
   * @throws IOException if the storage fails
   */
  public static LogManager open(LogStorage storage, LogLimits limits) throws IOException {
    CompletableFuture<GroupCommit> opened = new CompletableFuture<>();
    new PrivateThread("quicksilver-log", () -> run(storage, limits, opened)).start();
    return new LogManager(Promises.await(opened));
  }

  private static void run(
      LogStorage storage, LogLimits limits, CompletableFuture<GroupCommit> opened) {
    GroupCommit commit;
    try {
      commit = new GroupCommit(ForcedLog.open(storage, limits));
    } catch (IOException | RuntimeException | Error e) {
      opened.completeExceptionally(e);
      return;
    }
    opened.complete(commit);
    commit.run();
  }

  /**
   * Appends a record. It survives nothing yet; it is written some milliseconds later, or with the
   * next write or force of anybody. Blocks only while memory is full, or a segment is made.
   *
   * @param payload what is between its position and its limit is copied; both stay
   * @return its number, greater than every other ever given
   * @throws IllegalArgumentException if it is longer than {@link LogLimits#longestPayload}
   * @throws LogFullException if there is no room on the disk; it is not appended
   */
  public long append(LogParticipant participant, ByteBuffer payload) {
    return commit.append(participant, payload);
  }

  /** The same for an array. */
  public long append(LogParticipant participant, byte[] payload) {
    return commit.append(participant, ByteBuffer.wrap(payload));
  }

  /**
   * Blocks until a record and all before it survive the death of the process; not a power failure.
   */
  public void write(long lsn) {
    await(commit.written(lsn));
  }

  /** The same without blocking; about the future see {@link #forceLater}. */
  public CompletableFuture<Void> writeLater(long lsn) {
    return commit.written(lsn);
  }

  /** Blocks until a record and all before it survive a power failure. */
  public void force(long lsn) {
    await(commit.forced(lsn));
  }

  /**
   * The same without blocking. The future is completed by the log's own thread: what hangs on it
   * must not block, nor call anything here that does. It fails with a {@link LogFailedException}.
   */
  public CompletableFuture<Void> forceLater(long lsn) {
    return commit.forced(lsn);
  }

  private void await(CompletableFuture<Void> promise) {
    try {
      waiting.await(promise);
    } catch (IOException e) {
      throw new LogFailedException("the log cannot be used: " + e, e);
    }
  }

  /** The last record known to survive a power failure; all before it do, too. */
  public long forced() {
    return commit.lastForced();
  }

  /**
   * Forces all that was appended, deletes the segments that nobody needs any more, and says how far
   * the log reaches then. Does not block; about the future see {@link #forceLater}.
   */
  public CompletableFuture<LogExtent> settleLater() {
    return commit.allForced().thenCompose(done -> onFiles(LogFiles::extent));
  }

  /** What it has done since it was opened. */
  public LogStatistics statistics() {
    return commit.statistics();
  }

  /**
   * Says that a participant needs none of its records below a number any more: its low-water mark.
   * Does not block on the disk: a force is begun, and after it, when everything appended before
   * survives a power failure, whole segments that nobody needs are deleted. Marks survive what
   * records survive; one that is set just when a segment is full survives from the next record on,
   * and until then a crash may bring back the mark before, not the segments. A lower mark than
   * before changes nothing. A participant that never set one holds all its records.
   *
   * @throws IllegalArgumentException if the number is beyond the end of the log
   * @throws IllegalStateException if there are too many participants for segments of this size
   */
  public void checkpoint(LogParticipant participant, long lsn) {
    commit.mark(participant, lsn);
  }

  /**
   * A participant's low-water mark, where its recovery begins; {@link Lsn#NONE} if it never set
   * one.
   */
  public long lowWater(LogParticipant participant) {
    return commit.lowWater(participant);
  }

  /**
   * Calls with each record of a participant from a number on, in their order: those found when the
   * log was opened, and those appended since, forced or not. Records appended while this runs may
   * be left out, and ones below its low-water mark. The action is called by the calling thread and
   * may use the log.
   *
   * @throws IOException if the files cannot be read
   */
  public void read(LogParticipant participant, long from, Consumer<LogEntry> action)
      throws IOException {
    Optional<Segments.Page> page = Promises.await(page(participant, from, 0));
    while (page.isPresent()) {
      page.get().entries().forEach(action);
      page = Promises.await(page(participant, from, page.get().segment()));
    }
  }

  private CompletableFuture<Optional<Segments.Page>> page(
      LogParticipant participant, long from, long after) {
    return onFiles(files -> files.page(participant, from, after));
  }

  private interface Question<T> {
    T answer(LogFiles files) throws IOException;
  }

  private <T> CompletableFuture<T> onFiles(Question<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    commit.perform(
        (files, failure) -> {
          try {
            if (failure != null) {
              throw failure;
            }
            answer.complete(question.answer(files));
          } catch (Throwable e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /**
   * Forces everything, ends the thread and closes the files. A second call does nothing.
   *
   * @throws LogFailedException if the force fails; the files are closed
   */
  @Override
  public void close() {
    await(commit.close());
  }
}
