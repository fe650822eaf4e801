package org.quicksilver.memory.vista;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.quicksilver.memory.Durability;
import org.quicksilver.memory.LogInspection;
import org.quicksilver.memory.MemoryClosedException;
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
import org.quicksilver.memory.storage.FileAccess;
import org.quicksilver.memory.vista.OpenedLog.Surroundings;

/**
 * Recoverable memory in the file cache: survives the death of the process, not of the machine.
 *
 * <p>What is special about this engine:
 *
 * <ul>
 *   <li>Every commit mode is one store into mapped memory, and survives the process when the call
 *       returns; none survives the power. {@link #flush} and {@link #truncate} write memory and
 *       undo log back to the disk, which nothing depends on.
 *   <li>Old values are saved for {@link RestoreMode#NO_RESTORE} too: a crash is an abort. Closing
 *       such a transaction uncommitted puts them back.
 *   <li>A prepared transaction keeps its new bytes in memory, also after a restart.
 *   <li>Bytes stored outside of declared ranges are in the segment all the same.
 *   <li>Up to 1024 transactions at once, 64 segments, one GiB of log. Each transaction needs at
 *       least 8 KiB of log while it is open.
 *   <li>Nobody may make a mapped segment or the log shorter: the next access would be a fault. For
 *       the same reason a segment must have no holes if its disk may get full: those made here have
 *       none.
 *   <li>Two transactions that changed the same bytes, which is forbidden, are undone one after the
 *       other after a crash, in no particular order.
 * </ul>
 *
 * <p>Thread-safe; one transaction is for one thread at a time. {@link #close} must not be called
 * while other threads are in transactions: they are aborted.
 *
 * <p>Source: recoverable-memory.md, "Vista"; notes on RioVista, "Vista".
 */
public final class Vista implements RecoverableMemory {

  /** The shortest log, bytes: one transaction at a time, of nearly 8 KiB. */
  public static final long SHORTEST_LOG = VistaFormat.SHORTEST_LOG;

  /** The longest log, bytes. */
  public static final long LONGEST_LOG = VistaFormat.LONGEST_LOG;

  private final OpenedLog log;
  private final UndoLog undo;
  private final VistaRegions regions;
  private final Map<Long, VistaPrepared> undecided = new ConcurrentHashMap<>();
  private volatile MemoryOptions options;
  private volatile boolean closed;

  private Vista(OpenedLog log, MemoryOptions options) {
    this.log = log;
    this.undo = log.undo();
    this.options = options;
    this.regions = new VistaRegions(this, log);
    for (UndoChain chain : log.prepared()) {
      byte[] name = chain.name().orElseThrow();
      prepared(new VistaPrepared(this, undo.slotOf(chain), chain.tid(), name));
    }
  }

  /**
   * Makes an undo log, of zeros that lie on the disk: once it is there, it is whole.
   *
   * @param length bytes; at least {@link #SHORTEST_LOG} and at most {@link #LONGEST_LOG}; each
   *     transaction needs 8 KiB of it or more while it is open
   * @param mode who may do what with it
   * @throws org.quicksilver.memory.LogExistsException if there is a file; it was not touched
   * @throws org.quicksilver.memory.DiskFullException if there is no room; nothing is left behind
   */
  public static void createLog(VistaOptions options, long length, Set<PosixFilePermission> mode) {
    NewLog.create(options.log(), length, mode);
  }

  /**
   * Opens an undo log and recovers: what was neither committed nor prepared when its process died
   * is undone. Blocks for as long as that takes. It may be broken off at any point by a crash, and
   * done again.
   *
   * @throws org.quicksilver.memory.LogMissingException if there is none
   * @throws org.quicksilver.memory.LogInUseException if it, or a segment it has old values of, is
   *     open in this process or another
   * @throws org.quicksilver.memory.LogVersionException if it was made by another version
   * @throws org.quicksilver.memory.LogDamagedException if it is not as it was written
   * @throws org.quicksilver.memory.SegmentMissingException if there are old values for a segment
   *     that is not there; {@link org.quicksilver.memory.SegmentTooShortException} if it is shorter
   * @throws org.quicksilver.memory.MachineDiedException if it was open when the machine died and
   *     that is not accepted. After all of these nothing was changed
   */
  public static Vista initialize(VistaOptions options) {
    try {
      FileAccess files = FileAccess.ofFileSystem();
      return initialize(options, new Surroundings(files, BootId.current(), Steps.UNWATCHED));
    } catch (IOException e) {
      throw Refusals.ofLog(options.log(), e);
    }
  }

  /**
   * Whether a file begins as an undo log of Vista does, of whatever version; it need not be whole.
   */
  public static boolean isLog(Path file) {
    return VistaInspection.isLog(file.toAbsolutePath().normalize());
  }

  /**
   * Looks at an undo log and changes nothing.
   *
   * @throws org.quicksilver.memory.LogMissingException if there is none
   * @throws org.quicksilver.memory.LogDamagedException if its header is not as it was written
   * @throws org.quicksilver.memory.LogVersionException if it was made by another version
   */
  public static LogInspection inspect(Path log) {
    return VistaInspection.open(log.toAbsolutePath().normalize());
  }

  static Vista initialize(VistaOptions options, Surroundings in) {
    try {
      return Uninterrupted.run(() -> new Vista(OpenedLog.open(options, in), options.memory()));
    } catch (IOException e) {
      throw Refusals.ofLog(options.log(), e);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new MemoryClosedException(log.path() + " is closed: initialize it again");
    }
  }

  @Override
  public Region map(SegmentRange range, RegionOptions how) {
    checkOpen();
    return regions.map(range, how);
  }

  @Override
  public void unmap(Region region) {
    checkOpen();
    regions.unmap(own(region));
  }

  /** A region of this memory; mapped or not. */
  VistaRegion own(Region region) {
    if (region instanceof VistaRegion one && one.isOf(this)) {
      return one;
    }
    throw new NotMappedException(region + " is a region of another memory");
  }

  @Override
  public MemoryTransaction beginTransaction(RestoreMode mode) {
    checkOpen();
    return undo.claim().begin(this, mode);
  }

  @Override
  public void flush() {
    checkOpen();
    regions.flush();
  }

  @Override
  public void truncate() {
    flush();
  }

  @Override
  public MemoryOptions queryOptions() {
    return options;
  }

  /** Keeps them, to be asked for: this engine has neither log to truncate nor queue. */
  @Override
  public void setOptions(MemoryOptions now) {
    checkOpen();
    options = now;
  }

  @Override
  public RegionQuery queryOptions(Region region) {
    checkOpen();
    return regions.query(own(region));
  }

  @Override
  public void setOptions(Region region, RegionOptions now) {
    checkOpen();
    regions.checkMapped(own(region)).options(now);
  }

  VistaPrepared prepared(VistaPrepared one) {
    undecided.put(one.id(), one);
    return one;
  }

  /** Takes it off the list; whether it may be decided, and has not been. */
  boolean decided(VistaPrepared one) {
    return !closed && undecided.remove(one.id(), one);
  }

  boolean isUndecided(long id) {
    return undecided.containsKey(id);
  }

  @Override
  public List<PreparedTransaction> prepared() {
    checkOpen();
    return List.copyOf(undecided.values());
  }

  @Override
  public Durability durability() {
    return Durability.PROCESS_CRASH;
  }

  @Override
  public MemoryStatistics statistics() {
    return VistaStatistics.of(log, regions.count(), undecided.size());
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    undo.abortAll();
    regions.close();
  }
}
