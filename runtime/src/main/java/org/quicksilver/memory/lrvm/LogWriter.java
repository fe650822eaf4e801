package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Writes and forces the log, on the one thread that runs this: group commit. Whoever comes while a
 * group is being forced goes into the next one, one write and one force for all of them, and for
 * those of the last group who come again at once. The first write or force that fails is the last.
 */
final class LogWriter implements Runnable, ChunkSink {

  private static final int MOST_CHUNKS = 16;

  /** Bytes for a place of the file that is no record; a force follows. */
  private record Extra(@Nullable ByteBuffer bytes, long place, CompletableFuture<Void> done) {}

  private final LogArea area;
  private final Health health;
  private final Runnable onFailure;
  private final Doorbell bell = new Doorbell();
  private final Waiters waiters = new Waiters();
  private final Gathering gathering = new Gathering();
  private final Deque<Chunk> idle = new ArrayDeque<>();
  private ArrayDeque<Slice> slices = new ArrayDeque<>();
  private ArrayDeque<Slice> taken = new ArrayDeque<>();
  private List<Extra> extras = new ArrayList<>();
  private int chunks;
  private long wanted;
  private boolean stopping;
  private volatile long written;
  private volatile long forced;
  private volatile long writes;
  private volatile long forces;

  /**
   * Nothing is done before it runs.
   *
   * @param start LSN of what is written first
   * @param onFailure called once, after which nothing is written
   */
  LogWriter(LogArea area, long start, Health health, Runnable onFailure) {
    this.area = area;
    this.written = start;
    this.forced = start;
    this.wanted = start;
    this.health = health;
    this.onFailure = onFailure;
  }

  long forced() {
    return forced;
  }

  long writes() {
    return writes;
  }

  long forces() {
    return forces;
  }

  /** Waits while all are on their way to the disk. */
  @Override
  public synchronized Chunk takeChunk() {
    boolean interrupted = false;
    while (idle.isEmpty() && chunks == MOST_CHUNKS) {
      health.checkNotFailed();
      bell.ring();
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Chunk chunk = idle.poll();
    if (chunk == null) {
      chunks++;
      chunk = new Chunk();
    }
    return chunk;
  }

  @Override
  public synchronized void add(Chunk chunk, int from, int to, long lsn) {
    Slice last = slices.peekLast();
    if (last == null || !last.extend(chunk, from, to)) {
      slices.add(new Slice(chunk, from, to, lsn));
    }
  }

  /** Waits until all below an LSN, which has been added, survives the process. */
  void awaitWritten(long lsn) {
    if (written < lsn) {
      bell.ring();
      waiters.await(() -> written >= lsn || health.isFailed());
      if (written < lsn) {
        health.checkNotFailed();
      }
    }
  }

  /** Waits until all below an LSN, which has been added, survives a power failure. */
  void awaitForced(long lsn) {
    if (forced < lsn) {
      wantForced(lsn);
      bell.ring();
      waiters.await(() -> forced >= lsn || health.isFailed());
      if (forced < lsn) {
        health.checkNotFailed();
      }
    }
  }

  private synchronized void wantForced(long lsn) {
    wanted = Math.max(wanted, lsn);
    gathering.came();
  }

  /** Has what was added written, without waiting. */
  void writeSoon() {
    bell.ring();
  }

  /** Writes something beside the records, or nothing, and forces the file. */
  CompletableFuture<Void> perform(@Nullable ByteBuffer bytes, long place) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      health.checkNotFailed();
      extras.add(new Extra(bytes, place, done));
    }
    bell.ring();
    return done;
  }

  /** Lets the thread end when all is written. */
  void stop() {
    synchronized (this) {
      stopping = true;
    }
    bell.ring();
  }

  @Override
  public void run() {
    try {
      boolean more = true;
      while (more) {
        bell.await();
        more = group();
      }
    } catch (Throwable e) {
      health.fail(e);
      refuse(e);
      onFailure.run();
    }
  }

  private boolean group() throws IOException {
    List<Extra> now;
    boolean force;
    boolean last;
    gathering.await();
    synchronized (this) {
      gathering.take();
      ArrayDeque<Slice> empty = taken;
      taken = slices;
      slices = empty;
      now = extras;
      extras = new ArrayList<>(0);
      force = wanted > forced;
      last = stopping;
    }
    try {
      write();
      if (force || !now.isEmpty()) {
        force(now);
      }
    } catch (IOException | RuntimeException | Error e) {
      now.forEach(extra -> extra.done.completeExceptionally(e));
      throw e;
    }
    waiters.progress();
    return !last;
  }

  private void write() throws IOException {
    for (Slice slice = taken.poll(); slice != null; slice = taken.poll()) {
      area.write(slice.lsn(), slice.chunk().writing(slice.from(), slice.to()));
      writes++;
      written = slice.end();
      if (slice.isLast()) {
        giveBack(slice.chunk());
      }
    }
  }

  private synchronized void giveBack(Chunk chunk) {
    idle.add(chunk);
    notifyAll();
  }

  private void force(List<Extra> now) throws IOException {
    for (Extra extra : now) {
      if (extra.bytes != null) {
        area.file().write(extra.bytes, extra.place);
      }
    }
    long upTo = written;
    area.file().force();
    forces++;
    gathering.forced();
    forced = upTo;
    now.forEach(extra -> extra.done.complete(null));
  }

  private synchronized void refuse(Throwable why) {
    extras.forEach(extra -> extra.done.completeExceptionally(why));
    extras = new ArrayList<>();
    notifyAll();
    waiters.progress();
  }
}
