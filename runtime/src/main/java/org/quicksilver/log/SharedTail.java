package org.quicksilver.log;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The {@link Tail}, for many threads that append and one that drains it. No I/O in here. */
final class SharedTail {

  private final Tail tail;
  private final LogLimits limits;
  private final Doorbell bell;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private boolean spareWanted;
  private @Nullable LogFullException refusal;
  private @Nullable LogFailedException failure;

  SharedTail(Tail tail, Doorbell bell) {
    this.tail = tail;
    this.limits = tail.limits();
    this.bell = bell;
  }

  long append(LogParticipant participant, ByteBuffer payload) {
    lock.lock();
    try {
      awaitRoom(limits.sizeOf(participant, payload));
      return tail.append(participant, payload);
    } finally {
      lock.unlock();
      bell.nudge();
    }
  }

  private void awaitRoom(int size) {
    checkUsable();
    for (Room now = tail.room(size); now != Room.READY; now = tail.room(size)) {
      if (now == Room.SEGMENT_MISSING) {
        spareWanted = true;
        refusal = null;
      }
      awaitChange();
      if (refusal != null && tail.room(size) == Room.SEGMENT_MISSING) {
        throw new LogFullException(String.valueOf(refusal.getMessage()), refusal);
      }
    }
  }

  private void awaitChange() {
    bell.ring();
    room.awaitUninterruptibly();
    checkUsable();
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
      while (tail.room(MarkRecord.size(participant)) == Room.BUFFER_FULL) {
        awaitChange();
      }
      tail.mark(participant, lsn);
    } finally {
      lock.unlock();
    }
  }

  long lowWater(LogParticipant participant) {
    lock.lock();
    try {
      return tail.lowWater(participant);
    } finally {
      lock.unlock();
    }
  }

  /** Refuses a number that was not given yet. */
  void checkGiven(long lsn) {
    lock.lock();
    try {
      if (lsn > tail.last()) {
        throw new IllegalArgumentException("no record has the number " + Lsn.text(lsn) + " yet");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes what is in memory, and lets those go on who wait for room there. */
  Batch drain(long forced) {
    lock.lock();
    try {
      room.signalAll();
      return tail.drain(forced);
    } finally {
      lock.unlock();
    }
  }

  /** Whether a segment should be made: somebody waits for it, or soon will. */
  boolean wantsSpare() {
    lock.lock();
    try {
      boolean wanted = spareWanted || (refusal == null && tail.isHalfThrough());
      spareWanted = false;
      return wanted && !tail.hasSpare();
    } finally {
      lock.unlock();
    }
  }

  /** A segment was made. */
  void offer(Segment spare) {
    lock.lock();
    try {
      tail.offer(spare);
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** None could be made: refuses those who wait for it. */
  void refuse(LogFullException why) {
    lock.lock();
    try {
      refusal = why;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is accepted any more. */
  void fail(LogFailedException why) {
    lock.lock();
    try {
      failure = failure == null ? why : failure;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
