package org.quicksilver.memory.lrvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryOptions;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.TransactionTooLargeException;

/**
 * Random transactions on two segments, by a seed, and beside them what the segments must hold after
 * each: so many as were begun, and at least those that are known to be durable, have to explain
 * what a recovery finds.
 */
final class Script {

  static final Path LOG = Path.of("/disk/log");
  static final Path ONE = Path.of("/disk/one");
  static final Path TWO = Path.of("/disk/two");
  static final int SIZE = 6000;
  static final int LOG_LENGTH = LogFormat.DATA + 12 * 1024;

  /** What there is after some number of steps. */
  record Expected(byte[] one, byte[] two, TreeSet<String> undecided) {

    boolean explains(byte[] first, byte[] second, TreeSet<String> names) {
      return undecided.equals(names) && Arrays.equals(one, first) && Arrays.equals(two, second);
    }
  }

  private record Change(boolean first, int offset, byte[] bytes) {}

  private record Promise(PreparedTransaction prepared, List<Change> changes) {}

  private final Random random;
  private final CrashDisk disk;
  private final boolean forced;
  private final List<Expected> states = new ArrayList<>();
  private final List<Promise> promises = new ArrayList<>();
  private volatile int begun;
  private volatile int durable;
  private Lrvm memory;
  private Region one;
  private Region two;

  /**
   * Not begun.
   *
   * @param forced whether only what was forced counts as durable, or what was written, too
   */
  Script(long seed, CrashDisk disk, boolean forced) {
    this.random = new Random(seed);
    this.disk = disk;
    this.forced = forced;
    this.states.add(new Expected(new byte[SIZE], new byte[SIZE], new TreeSet<>()));
  }

  static LrvmOptions options(CrashDisk disk) {
    return LrvmOptions.of(LOG).with(disk);
  }

  void open() {
    Lrvm.createLog(options(disk), LOG_LENGTH, PosixFilePermissions.fromString("rw-------"));
    memory = Lrvm.initialize(options(disk));
    memory.setOptions(
        MemoryOptions.defaults()
            .withTruncationThreshold(random.nextBoolean() ? 0.3 : 1)
            .withMergeTransactions(random.nextInt(4) > 0));
    one = map(ONE);
    two = map(TWO);
  }

  private Region map(Path segment) {
    return memory.map(new SegmentRange(segment, 0, SIZE), RegionOptions.creating());
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  void close() {
    memory.close();
  }

  private void step() {
    int kind = random.nextInt(20);
    if (kind < 15) {
      commit(CommitMode.values()[random.nextInt(3)]);
    } else if (kind == 15) {
      abort();
    } else if (kind == 16 && promises.size() < 2) {
      prepare();
    } else if (kind == 17 && !promises.isEmpty()) {
      decide();
    } else if (kind == 18) {
      memory.flush();
      durable = begun;
    } else {
      memory.truncate();
      durable = begun;
    }
  }

  private void commit(CommitMode mode) {
    MemoryTransaction transaction =
        memory.beginTransaction(RestoreMode.values()[random.nextInt(2)]);
    List<Change> changes = changes(transaction);
    int number = begin(apply(changes), undecided());
    transaction.endTransaction(mode);
    if (mode == CommitMode.FLUSH || mode == CommitMode.OS_BUFFERED && !forced) {
      durable = number;
    }
  }

  private void abort() {
    try (MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE)) {
      changes(transaction);
    }
  }

  private void prepare() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    List<Change> changes = changes(transaction);
    String name = "p" + begun;
    TreeSet<String> undecided = undecided();
    undecided.add(name);
    Expected last = states.get(begun);
    int number = begin(last, undecided);
    try {
      promises.add(new Promise(transaction.prepare(name.getBytes(UTF_8)), changes));
      durable = number;
    } catch (TransactionTooLargeException e) {
      // It never was: nothing of it may be found.
      states.set(number, last);
      transaction.abortTransaction();
    }
  }

  private void decide() {
    Promise promise = promises.remove(random.nextInt(promises.size()));
    TreeSet<String> undecided = undecided();
    undecided.remove(new String(promise.prepared.name(), UTF_8));
    boolean commit = random.nextBoolean();
    int number = begin(commit ? apply(promise.changes) : states.get(begun), undecided);
    if (commit) {
      promise.prepared.commit();
    } else {
      promise.prepared.abort();
    }
    durable = number;
  }

  /** Ranges of nobody else: a prepared transaction's bytes stay away from the others'. */
  private List<Change> changes(MemoryTransaction transaction) {
    List<Change> changes = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      boolean first = random.nextBoolean();
      int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 900 : 70);
      int offset = random.nextInt(SIZE - length);
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      if (promises.stream().noneMatch(each -> touches(each.changes, first, offset, length))) {
        Region region = first ? one : two;
        transaction.setRange(region, offset, length);
        region.put(offset, bytes);
        changes.add(new Change(first, offset, bytes));
      }
    }
    return changes;
  }

  private static boolean touches(List<Change> changes, boolean first, int offset, int length) {
    return changes.stream()
        .anyMatch(
            change ->
                change.first == first
                    && change.offset < offset + length
                    && offset < change.offset + change.bytes.length);
  }

  private Expected apply(List<Change> changes) {
    byte[] first = states.get(begun).one.clone();
    byte[] second = states.get(begun).two.clone();
    for (Change change : changes) {
      System.arraycopy(
          change.bytes, 0, change.first ? first : second, change.offset, change.bytes.length);
    }
    return new Expected(first, second, new TreeSet<>());
  }

  private TreeSet<String> undecided() {
    return new TreeSet<>(states.get(begun).undecided);
  }

  private int begin(Expected bytes, TreeSet<String> undecided) {
    synchronized (states) {
      states.add(new Expected(bytes.one, bytes.two, undecided));
      begun++;
      return begun;
    }
  }

  /** Known to be durable; to be asked for before the disk is looked at. */
  int durable() {
    return durable;
  }

  /** Recovers a disk and sees whether some number of steps explains it. */
  void check(CrashDisk image, int atLeast, String when) throws IOException {
    Recovered recovered = Recovery.run(image, LOG);
    recovered.segments().close();
    recovered.file().close();
    TreeSet<String> names = new TreeSet<>();
    recovered.undecided().forEach(each -> names.add(new String(each.name(), UTF_8)));
    synchronized (states) {
      assertTrue(
          isExplained(bytes(image, ONE), bytes(image, TWO), names, atLeast),
          () ->
              "nothing from step %d to %d explains what is there %s: undecided %s"
                  .formatted(atLeast, begun, when, names));
    }
  }

  private boolean isExplained(byte[] first, byte[] second, TreeSet<String> names, int atLeast) {
    for (int i = begun; i >= atLeast; i--) {
      if (states.get(i).explains(first, second, names)) {
        return true;
      }
    }
    return false;
  }

  /** A segment that is not there, or not yet as long, has been given no bytes. */
  private static byte[] bytes(CrashDisk image, Path segment) {
    return image.has(segment) ? Arrays.copyOf(image.bytes(segment), SIZE) : new byte[SIZE];
  }
}
