package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One log, many callers, one thread that writes. Whoever comes while a group is being forced goes
 * into the next one: one write and one force for all of them.
 *
 * <p>The tail, and all fields that are not final or volatile, are guarded by the lock; the files
 * belong to the thread that runs this. There is no I/O under the lock, save when closing.
 */
final class GroupCommit implements Runnable {

  /** Something to do on the log's thread that is no group. */
  interface Task {
    /** Does it, unless the log has failed. */
    void run(LogFiles files, @Nullable LogFailedException failure);
  }

  private static final Logger LOG = Logger.getLogger(GroupCommit.class.getName());

  private final ForcedLog log;
  private final Tail tail;
  private final LogFiles files;
  private final Doorbell bell = new Doorbell();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Queue<Task> tasks = new ArrayDeque<>();
  private final Promises writes = new Promises();
  private final Promises forces = new Promises();
  private final Promises closing = new Promises();
  private final Promises writing = new Promises();
  private final Promises forcing = new Promises();
  private boolean spareWanted;
  private boolean forceWanted;
  private @Nullable LogFullException refusal;
  private volatile @Nullable LogFailedException failure;
  private volatile long written;
  private volatile long forced;

  /** For the thread that makes it. */
  GroupCommit(ForcedLog log) {
    this.log = log;
    this.tail = log.tail();
    this.files = log.files();
    this.written = files.written();
    this.forced = files.forced();
  }

  long append(LogParticipant participant, ByteBuffer payload) {
    lock.lock();
    try {
      awaitRoom(tail.sizeOf(participant, payload));
      return tail.append(participant, payload);
    } finally {
      lock.unlock();
      bell.nudge();
    }
  }

  private void awaitRoom(int size) {
    checkUsable();
    for (Tail.Room now = tail.room(size); now != Tail.Room.READY; now = tail.room(size)) {
      spareWanted |= now == Tail.Room.SEGMENT_MISSING;
      refusal = null;
      bell.ring();
      room.awaitUninterruptibly();
      checkUsable();
      if (refusal != null && tail.room(size) == Tail.Room.SEGMENT_MISSING) {
        throw new LogFullException(String.valueOf(refusal.getMessage()), refusal);
      }
    }
  }

  private void checkUsable() {
    if (failure != null) {
      throw failure.again();
    }
  }

  void mark(LogParticipant participant, long lsn) {
    lock.lock();
    try {
      checkUsable();
      if (tail.room(Tail.sizeOfMark(participant)) == Tail.Room.BUFFER_FULL) {
        awaitRoom(Tail.sizeOfMark(participant));
      }
      tail.mark(participant, lsn);
      forceWanted = true;
    } finally {
      lock.unlock();
    }
    bell.ring();
  }

  long lowWater(LogParticipant participant) {
    lock.lock();
    try {
      return tail.lowWater(participant);
    } finally {
      lock.unlock();
    }
  }

  CompletableFuture<Void> written(long lsn) {
    return lsn <= written ? CompletableFuture.completedFuture(null) : promise(lsn, writes);
  }

  CompletableFuture<Void> forced(long lsn) {
    return lsn <= forced ? CompletableFuture.completedFuture(null) : promise(lsn, forces);
  }

  private CompletableFuture<Void> promise(long lsn, Promises promises) {
    CompletableFuture<Void> promise;
    lock.lock();
    try {
      if (failure != null) {
        return CompletableFuture.failedFuture(failure);
      }
      if (lsn > tail.last()) {
        throw new IllegalArgumentException("no record has the number " + Lsn.text(lsn) + " yet");
      }
      promise = promises.add();
    } finally {
      lock.unlock();
    }
    bell.ring();
    return promise;
  }

  long forced() {
    return forced;
  }

  void perform(Task task) {
    lock.lock();
    try {
      checkUsable();
      tasks.add(task);
    } finally {
      lock.unlock();
    }
    bell.ring();
  }

  /** Ends the thread once all is forced; done already if it has failed or was closed. */
  CompletableFuture<Void> close() {
    lock.lock();
    try {
      if (failure != null) {
        return CompletableFuture.completedFuture(null);
      }
      return closing.add();
    } finally {
      lock.unlock();
      bell.ring();
    }
  }

  @Override
  public void run() {
    try {
      while (!isClosing()) {
        bell.await();
        writeGroup();
        perform();
      }
      end();
    } catch (Throwable e) {
      fail(e);
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return !closing.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void writeGroup() {
    Batch batch;
    boolean force;
    lock.lock();
    try {
      writing.takeFrom(writes);
      forcing.takeFrom(forces);
      force = forceWanted || !forcing.isEmpty();
      forceWanted = false;
      batch = tail.drain(files.forced());
      room.signalAll();
    } finally {
      lock.unlock();
    }
    files.write(batch);
    written = files.written();
    writing.keep();
    if (force) {
      files.force();
      forced = files.forced();
      forcing.keep();
      files.truncate();
    }
  }

  private void perform() {
    Queue<Task> now;
    boolean spare;
    lock.lock();
    try {
      now = new ArrayDeque<>(tasks);
      tasks.clear();
      spare = spareWanted || (refusal == null && tail.wantsSpare());
      spareWanted = false;
    } finally {
      lock.unlock();
    }
    if (spare) {
      makeSpare();
    }
    now.forEach(each -> each.run(files, null));
  }

  private void makeSpare() {
    Segment made = null;
    LogFullException full = null;
    try {
      made = files.create();
    } catch (LogFullException e) {
      full = e;
      LOG.log(Level.FINE, "no spare segment", e);
    }
    lock.lock();
    try {
      if (made != null) {
        tail.offer(made);
      }
      refusal = full;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() throws IOException {
    lock.lock();
    try {
      log.close();
      failure = new LogFailedException("the log is closed", null);
      forced = files.forced();
      forces.keep();
      writes.keep();
      closing.keep();
      room.signalAll();
      tasks.forEach(each -> each.run(files, failure));
    } finally {
      lock.unlock();
    }
  }

  private void fail(Throwable cause) {
    lock.lock();
    try {
      LogFailedException why =
          cause instanceof LogFailedException failed
              ? failed
              : LogFailedException.of(files.forced(), cause);
      failure = why;
      for (Promises each : new Promises[] {writing, forcing, writes, forces, closing}) {
        each.breakAll(why);
      }
      tasks.forEach(each -> each.run(files, why));
      room.signalAll();
      files.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a segment of the log cannot be closed", e);
    } finally {
      lock.unlock();
    }
  }
}
