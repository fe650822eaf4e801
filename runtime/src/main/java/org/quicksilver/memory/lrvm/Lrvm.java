package org.quicksilver.memory.lrvm;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.quicksilver.memory.Durability;
import org.quicksilver.memory.LogInspection;
import org.quicksilver.memory.MemoryOptions;
import org.quicksilver.memory.MemoryStatistics;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.NotMappedException;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.RecoverableMemory;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RegionQuery;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.thread.PrivateThread;

/**
 * Recoverable memory with a redo log: commits go into the log, the log goes into the segments
 * later. A flushed commit survives a power failure.
 *
 * <p>Threads: one of its own writes the log, one does all I/O on segments; both are daemons and
 * cannot be interrupted.
 *
 * <p>Source: LRVM; recoverable-memory.md, "LRVM".
 */
public final class Lrvm implements RecoverableMemory {

  private static final int TRANSACTION_BITS = 40;

  private final Recovered recovered;
  private final Health health;
  private final Counters counters = new Counters();
  private final LogWriter writer;
  private final Thread writing;
  private final Worker worker;
  private final CommitLog log;
  private final Truncation truncation;
  private final Mappings mappings;
  private final Closing closing;
  private final AtomicLong lastId;

  private Lrvm(LrvmOptions options, Recovered recovered, Worker worker) {
    this.recovered = recovered;
    this.worker = worker;
    LogHeader header = recovered.header();
    health = new Health(options.log());
    lastId = new AtomicLong(header.generation() << TRANSACTION_BITS);
    writer = new LogWriter(recovered.area(), recovered.tail(), health, this::failed);
    writing = new PrivateThread("quicksilver-memory-log", writer);
    LogSpace space =
        new LogSpace(header.capacity(), header.head(), recovered.tail(), header.clean());
    log = new CommitLog(this, space, writer, header.generation(), options.memory());
    truncation = new Truncation(this, recovered, log, writer, worker);
    mappings = new Mappings(this, recovered.segments(), truncation);
    closing = new Closing(recovered, health, log, truncation, writer, writing, worker);
    for (Recovered.Undecided each : recovered.undecided()) {
      log.prepared()
          .takeUp(
              new LrvmPrepared(this, each.id(), each.name(), each.content(), each.size(), null, 0));
    }
  }

  /**
   * Creates the log: of zeros that have their place on the disk, readable by whom the mode says.
   *
   * @param length in bytes, at least 68 KiB; too short and commits wait for truncation, too long
   *     and a restart takes longer
   * @throws org.quicksilver.memory.LogExistsException if the file exists
   * @throws org.quicksilver.memory.DiskFullException if there is no room; nothing is left behind
   */
  public static void createLog(LrvmOptions options, long length, Set<PosixFilePermission> mode) {
    Worker worker = new Worker();
    worker.start();
    try {
      worker.call(
          () -> {
            LogCreation.create(options.files(), options.log(), length, mode);
            return true;
          });
    } catch (Exception e) {
      throw Failures.typed(options.log(), e);
    } finally {
      worker.stop();
    }
  }

  /**
   * Opens the log and recovers: everything committed is in the segments when this returns. If it
   * throws, nothing was changed, or the same recovery begins again the next time.
   *
   * @throws org.quicksilver.memory.LogMissingException if there is no log
   * @throws org.quicksilver.memory.LogInUseException if it is open already
   * @throws org.quicksilver.memory.LogVersionException if another version wrote it
   * @throws org.quicksilver.memory.LogDamagedException if it is damaged
   * @throws org.quicksilver.memory.SegmentMissingException if a segment is not there
   * @throws org.quicksilver.memory.SegmentTooShortException if a segment is too short
   */
  public static Lrvm initialize(LrvmOptions options) {
    Worker worker = new Worker();
    worker.start();
    try {
      Recovered recovered = worker.call(() -> Recovery.run(options.files(), options.log()));
      Lrvm memory = new Lrvm(options, recovered, worker);
      memory.start();
      return memory;
    } catch (Exception e) {
      worker.stop();
      throw Failures.typed(options.log(), e);
    }
  }

  /**
   * Looks at a log and changes nothing.
   *
   * @throws org.quicksilver.memory.LogMissingException if there is none
   * @throws org.quicksilver.memory.LogDamagedException if its header is damaged
   * @throws org.quicksilver.memory.LogVersionException if another version wrote it
   */
  public static LogInspection inspect(Path log) {
    return LrvmInspection.open(log.toAbsolutePath().normalize());
  }

  private void start() {
    writing.start();
    worker.execute(truncation::cleanInBackground);
    worker.onPause(() -> log.options().longestDelay(), log::flushUnasked);
  }

  private void failed() {
    log.wake();
  }

  Health health() {
    return health;
  }

  Counters counters() {
    return counters;
  }

  CommitLog log() {
    return log;
  }

  Truncation truncation() {
    return truncation;
  }

  private <T> T onWorker(Object where, Callable<T> task) {
    health.check();
    try {
      return worker.call(task);
    } catch (Exception e) {
      health.check();
      throw Failures.typed(where, e);
    }
  }

  @Override
  public Region map(SegmentRange range, RegionOptions options) {
    health.check();
    log.flush();
    return onWorker(range.segment(), () -> mappings.map(range, options));
  }

  @Override
  public void unmap(Region region) {
    mappings.unmap(own(region));
  }

  private LrvmRegion own(Region region) {
    if (region instanceof LrvmRegion own && own.owner() == this) {
      return own;
    }
    throw new NotMappedException(region + " is one of another memory: use it there");
  }

  @Override
  public MemoryTransaction beginTransaction(RestoreMode mode) {
    health.check();
    return new LrvmTransaction(this, lastId.incrementAndGet(), mode);
  }

  @Override
  public void flush() {
    log.flush();
  }

  @Override
  public void truncate() {
    log.flush();
    onWorker(
        recovered.file().path(),
        () -> {
          truncation.truncate();
          return true;
        });
  }

  @Override
  public MemoryOptions queryOptions() {
    return log.options();
  }

  @Override
  public void setOptions(MemoryOptions options) {
    health.check();
    log.options(options);
    worker.execute(() -> {});
  }

  @Override
  public RegionQuery queryOptions(Region region) {
    return own(region).query();
  }

  @Override
  public void setOptions(Region region, RegionOptions options) {
    LrvmRegion own = own(region);
    own.memory();
    own.options(options);
  }

  @Override
  public List<PreparedTransaction> prepared() {
    return new ArrayList<>(log.prepared().all());
  }

  @Override
  public Durability durability() {
    return Durability.POWER_FAILURE;
  }

  /** Stores the bytes of a transaction of a former life where they are mapped. */
  void storeIntoRegions(StoredContent content) {
    onWorker(
        recovered.file().path(),
        () -> {
          mappings.store(content);
          return true;
        });
  }

  @Override
  public MemoryStatistics statistics() {
    return log.look(
        space ->
            LrvmStatistics.of(counters, writer, space, mappings.count(), recovered.transactions()));
  }

  @Override
  public void close() {
    boolean orderly = false;
    try {
      if (!health.isFailed() && !health.isClosed()) {
        log.flush();
        orderly = true;
      }
    } finally {
      if (health.close()) {
        mappings.abandon();
        closing.run(orderly);
      }
    }
  }
}
