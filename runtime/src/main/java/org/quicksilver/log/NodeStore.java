package org.quicksilver.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a node must still know after its own process was killed: bytes by key in sections, and the
 * audit trail. Kept in Chronicle Map files in one directory, readable by their owner only.
 *
 * <p>Durable against the death of the process, not against power failure: what a method has written
 * when it returns is found after {@code kill -9} at any moment, and a call that is cut off leaves
 * the old state or the new. Nothing is forced to the disk.
 *
 * <p>Threads: one. The thread that calls, whichever it is, must be alone; nothing here blocks but
 * on the disk.
 *
 * <p>The caller sees to it that no other process has the directory open.
 *
 * <pre>
 *   transactions.map, links.map, handles.map, meta.map     sections
 *   audit.map, audit-keys.map                              newest lines of the audit trail, and their keys
 *   audit-archive.jsonl                                    older lines; only grows, may be removed while no node runs
 *   open                                                   there while a process has the store open
 *   *.damaged-1 ...                                        files that could not be used and were replaced by empty ones
 * </pre>
 */
public final class NodeStore implements AutoCloseable {

  /** Longest value, bytes. */
  public static final int LONGEST_VALUE = Texts.LONGEST_VALUE;

  /** Longest key, bytes of UTF-8. */
  public static final int LONGEST_KEY = Texts.LONGEST_KEY;

  /** A part of the store with its own keys and its own file. */
  public enum Section {
    /** Live transactions. */
    TRANSACTIONS,
    /** Links of the transaction tree. */
    LINKS,
    /** Handle records. */
    HANDLES,
    /** Whatever there is little of: JVMs, rules. */
    META
  }

  /**
   * After so many openings in a row that were not finished, a file is taken to kill the JVM that
   * opens it.
   */
  private static final int MOST_FAILED_OPENINGS = 8;

  private final StopMarker marker;
  private final DiskGuard disk;
  private final MapFiles files;
  private final Map<Section, StateTable> sections = new EnumMap<>(Section.class);
  private final AuditArchive archive;
  private final AuditTrail audit;

  private NodeStore(
      StopMarker marker, DiskGuard disk, MapFiles files, AuditArchive archive, Sizes sizes)
      throws IOException {
    this.marker = marker;
    this.disk = disk;
    this.files = files;
    this.archive = archive;
    for (Section section : Section.values()) {
      sections.put(section, new StateTable(files.open(sizes.of(section))));
    }
    this.audit =
        new AuditTrail(
            files.open(sizes.auditLinesShape()),
            files.open(sizes.auditKeysShape()),
            archive,
            sizes.auditLines(),
            marker.unclean());
  }

  /**
   * Opens the store of a directory; makes both if they are missing. After an unclean stop the files
   * are recovered; a file that cannot be used is moved aside, logged, and replaced by an empty one.
   *
   * @throws IOException if the directory or a file in it cannot be made; what is there is left as
   *     it was
   * @throws StoreFullException if the disk is nearly full
   */
  public static NodeStore open(Path directory) throws IOException {
    return open(directory, Sizes.USUAL);
  }

  static NodeStore open(Path directory, Sizes sizes) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(NodeStore.class.getClassLoader());
    try {
      ChronicleRuntime.load();
      return openQuietly(directory, sizes);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static NodeStore openQuietly(Path directory, Sizes sizes) throws IOException {
    OwnerOnly.createDirectory(directory);
    DiskGuard disk = new DiskGuard(directory);
    disk.beforeWrite(0);
    StopMarker marker = new StopMarker(directory.resolve("open"));
    marker.opening();
    MapFiles files = new MapFiles(directory, marker.unclean());
    if (marker.failedOpenings() >= MOST_FAILED_OPENINGS) {
      files.moveAllAside(new IOException("each of the last openings ended the process"));
    }
    AuditArchive archive = AuditArchive.open(directory.resolve("audit-archive.jsonl"));
    try {
      NodeStore store = new NodeStore(marker, disk, files, archive, sizes);
      marker.opened();
      return store;
    } catch (IOException | RuntimeException | Error e) {
      files.close();
      archive.close();
      throw e;
    }
  }

  /**
   * Whether the last process that had this store open was killed, so that it had to be recovered.
   */
  public boolean recovered() {
    return marker.unclean();
  }

  /**
   * Whether nothing in a section was lost to damage before it was opened: false if its file was
   * missing, unusable or had to be repaired.
   */
  public boolean isWhole(Section section) {
    return table(section).isWhole();
  }

  /**
   * Sets the value of a key; atomic.
   *
   * @throws StoreFullException if there is no room; the old value stays
   * @throws IllegalArgumentException if key or value are too long
   */
  public void put(Section section, String key, byte[] value) {
    disk.beforeWrite(value.length);
    table(section).put(key, Texts.checked(value));
  }

  /** The value of a key, or null. */
  public byte @Nullable [] get(Section section, String key) {
    return table(section).get(key);
  }

  /** Removes a key, if it is there. */
  public void remove(Section section, String key) {
    table(section).remove(key);
  }

  /**
   * Calls with every key and value, in no order. The action may put and remove: what it removes is
   * not called for, what it adds perhaps.
   */
  public void forEach(Section section, BiConsumer<String, byte[]> action) {
    table(section).forEach(action);
  }

  /**
   * Appends a line to the audit trail, unless it is there already. Numbers begin at 1 and have no
   * gaps. A line is known again by its key while it is among the newest, 10,000 at least.
   *
   * @param dedupKey what makes it the same line when it is appended again
   * @return the number of the line
   * @throws StoreFullException if there is no room; the line is not there
   * @throws IllegalArgumentException if key or line are too long
   */
  public long appendAudit(String dedupKey, String json) {
    disk.beforeWrite(json.length());
    return audit.append(Texts.key(dedupKey), Texts.value(json));
  }

  /**
   * Calls with number and line for every line from a number on, oldest first; archived ones
   * included. Lines appended meanwhile are left out.
   *
   * @param visitor returns false if it wants no more
   */
  public void visitAudit(long fromNumber, BiPredicate<Long, String> visitor) {
    audit.visit(fromNumber, line -> visitor.test(line.number(), line.text()));
  }

  private StateTable table(Section section) {
    return Objects.requireNonNull(sections.get(section));
  }

  /** Closes the files; the next opening need not recover. A second call does nothing. */
  @Override
  public void close() throws IOException {
    archive.close();
    files.close();
    marker.closed();
  }
}
