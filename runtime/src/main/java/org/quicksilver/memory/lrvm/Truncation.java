package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.RecoverableMemoryException;

/**
 * Empties the log, epoch by epoch, while commits go on behind: what is in the log when it begins is
 * forced, applied to the segments, newest first, and these are forced; undecided transactions are
 * copied to the end; then the head is moved, and what lies before it made zeros again, durably, so
 * that it may be written anew. Runs on the {@link Worker}.
 *
 * <p>Source: LRVM, "Log truncation".
 */
final class Truncation {

  private static final int PIECE = 1 << 20;
  private static final int STEPS = 8;

  private final LogArea area;
  private final SegmentFiles segments;
  private final LogWriter writer;
  private final Worker worker;
  private final Health health;
  private final Counters counters;
  private final AtomicBoolean requested = new AtomicBoolean();
  private final CommitLog log;
  private LogHeader header;
  private volatile long failures;
  private volatile @Nullable RecoverableMemoryException failure;

  Truncation(Lrvm memory, Recovered recovered, CommitLog log, LogWriter writer, Worker worker) {
    this.area = recovered.area();
    this.segments = recovered.segments();
    this.header = recovered.header();
    this.log = log;
    this.writer = writer;
    this.worker = worker;
    this.health = memory.health();
    this.counters = memory.counters();
  }

  LogHeader header() {
    return header;
  }

  /** Has it done soon. */
  void request() {
    if (requested.compareAndSet(false, true)) {
      worker.execute(this::inBackground);
    }
  }

  /** How often it has gone wrong in the background. */
  long failures() {
    return failures;
  }

  void throwIfFailedSince(long before) {
    RecoverableMemoryException why = failure;
    if (failures > before && why != null) {
      throw why;
    }
  }

  private void inBackground() {
    requested.set(false);
    quietly(this::truncate);
  }

  /** The rest of what recovery has left to be done. */
  void cleanInBackground() {
    quietly(this::clean);
  }

  /** Something that may fail in as many ways as the disk. */
  private interface Step {
    void run() throws Exception;
  }

  private void quietly(Step step) {
    try {
      if (!health.isFailed() && !health.isClosed()) {
        step.run();
      }
    } catch (RecoverableMemoryException e) {
      failed(e);
    } catch (IOException e) {
      failed(Failures.of("a segment of log " + area.file().path(), e));
    } catch (Exception | Error e) {
      health.fail(e);
      log.wake();
    }
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField")
  private void failed(RecoverableMemoryException why) {
    failure = why;
    failures++;
    log.wake();
  }

  /** One epoch: all that is in the log now. */
  void truncate() throws Exception {
    clean();
    CommitLog.Epoch epoch = log.freeze();
    if (epoch.end() == epoch.head()) {
      return;
    }
    boolean applied = false;
    try {
      writer.awaitForced(epoch.end());
      apply(epoch);
      applied = true;
    } finally {
      if (!applied) {
        log.unfreeze(epoch);
      }
    }
    writer.awaitForced(log.prepared().copy(epoch.undecided()));
    write(header.withHead(epoch.end()));
    log.moveHead(epoch.end());
    counters.truncations.increment();
    clean();
  }

  private void apply(CommitLog.Epoch epoch) throws IOException {
    SegmentWriter bytes = new SegmentWriter(segments);
    new Redo(area, epoch.head(), epoch.end(), bytes).run(epoch.head(), epoch.end());
    bytes.finish();
    try {
      bytes.force();
    } catch (IOException e) {
      health.fail(e);
      log.wake();
      throw e;
    }
    counters.segmentBytes.add(bytes.bytesWritten());
  }

  /** Makes zeros of what is free and not yet so, some at a time. */
  void clean() throws Exception {
    long end = header.head() + header.capacity();
    long step = Math.max(LogFormat.SMALLEST_CAPACITY, header.capacity() / STEPS);
    while (header.clean() < end) {
      long to = Math.min(end, header.clean() + step);
      ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(PIECE, to - header.clean()));
      for (long at = header.clean(); at < to; at += zeros.capacity()) {
        area.write(at, zeros.clear().limit((int) Math.min(zeros.capacity(), to - at)));
        Worker.await(writer.perform(null, 0));
      }
      write(header.withClean(to));
      log.moveClean(to);
    }
  }

  /** Puts the segment's name into the header. */
  void addSegment(List<String> names) throws Exception {
    write(header.withSegments(names));
  }

  /** The log ends here, and in order. */
  void closed(long tail) throws Exception {
    write(header.closedAt(tail));
  }

  private void write(LogHeader wanted) throws Exception {
    LogHeader now = wanted;
    for (int i = 0; i < 2; i++) {
      now = now.next();
      Worker.await(writer.perform(now.encode(), HeaderBlocks.place(now)));
      header = now;
    }
  }
}
