package org.quicksilver.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine does: the calls of the source, one by one, in order and out of order. */
@Timeout(60)
public abstract class MemoryContract {

  protected static final int SIZE = 64 * 1024;
  protected static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  @TempDir protected Path directory;
  protected Path log;
  protected Path segment;
  protected RecoverableMemory memory;
  protected Region region;

  /** {@code createLog} of the engine. */
  protected abstract void createLog(Path file, long length, Set<PosixFilePermission> mode);

  /** {@code initialize} of the engine. */
  protected abstract RecoverableMemory initialize(Path file, MemoryOptions options);

  @BeforeEach
  void open() {
    log = directory.resolve("log");
    segment = directory.resolve("segment");
    createLog(log, 1 << 20, OWNER);
    memory = initialize(log, MemoryOptions.defaults());
    region = memory.map(new SegmentRange(segment, 0, SIZE), RegionOptions.creating());
  }

  @AfterEach
  void close() {
    memory.close();
  }

  /** Closes and opens again. */
  protected void reopen() {
    memory.close();
    memory = initialize(log, MemoryOptions.defaults());
    region = memory.map(new SegmentRange(segment, 0, SIZE), RegionOptions.defaults());
  }

  protected void store(long offset, long value, CommitMode mode) {
    try (MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE)) {
      transaction.setRange(region, offset, Long.BYTES);
      region.putLong(offset, value);
      transaction.endTransaction(mode);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void initializeOfALogThatIsOpenIsRefused() {
    assertThrows(LogInUseException.class, () -> initialize(log, MemoryOptions.defaults()));
    store(0, 1, CommitMode.FLUSH);
  }

  @Test
  void initializeOfNoLogIsRefused() throws IOException {
    Path none = directory.resolve("none");
    assertThrows(LogMissingException.class, () -> initialize(none, MemoryOptions.defaults()));
    assertFalse(Files.exists(none));
    Path text = Files.writeString(directory.resolve("text"), "no log at all".repeat(10_000));
    assertThrows(LogMissingException.class, () -> initialize(text, MemoryOptions.defaults()));
  }

  @Test
  void createLogMakesAFileOfThatLengthForItsOwner() throws IOException {
    assertEquals(1 << 20, Files.size(log));
    assertEquals(OWNER, Files.getPosixFilePermissions(log));
  }

  @Test
  void createLogRefusesAFileThatIsThere() throws IOException {
    Path file = Files.writeString(directory.resolve("mine"), "mine");
    assertThrows(LogExistsException.class, () -> createLog(file, 1 << 20, OWNER));
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void createLogRefusesALengthThatHoldsNothing() {
    Path file = directory.resolve("short");
    assertThrows(IllegalArgumentException.class, () -> createLog(file, 100, OWNER));
    assertFalse(Files.exists(file));
  }

  @Test
  void createLogWithoutADirectoryFails() {
    Path file = directory.resolve("nowhere").resolve("log");
    assertThrows(RecoverableMemoryException.class, () -> createLog(file, 1 << 20, OWNER));
  }

  @ParameterizedTest
  @EnumSource
  void endTransactionCommitsInEveryMode(CommitMode mode) {
    store(8, 42, mode);
    assertEquals(42, region.getLong(8));
    reopen();
    assertEquals(42, region.getLong(8));
  }

  @Test
  void mapOfAnOverlappingRangeIsRefused() {
    assertThrows(
        RegionOverlapException.class,
        () -> memory.map(new SegmentRange(segment, SIZE - 1, 10), RegionOptions.creating()));
    Region next = memory.map(new SegmentRange(segment, SIZE, 10), RegionOptions.creating());
    assertEquals(10, next.length());
  }

  @Test
  void mapOfAMissingSegmentIsRefusedUnlessItIsToBeMade() {
    SegmentRange range = new SegmentRange(directory.resolve("other"), 0, 100);
    assertThrows(SegmentMissingException.class, () -> memory.map(range, RegionOptions.defaults()));
    assertFalse(Files.exists(range.segment()));
    assertEquals(0, memory.map(range, RegionOptions.creating()).get(99));
  }

  @Test
  void mapBeyondTheEndOfASegmentIsRefusedUnlessItIsToBeLengthened() throws IOException {
    SegmentRange range = new SegmentRange(segment, SIZE, 5000);
    assertThrows(SegmentTooShortException.class, () -> memory.map(range, RegionOptions.defaults()));
    memory.map(range, RegionOptions.creating());
    assertEquals(SIZE + 5000, Files.size(segment));
  }

  @Test
  void mapOfAPartSeesWhatWasCommittedToIt() {
    store(4096, 7, CommitMode.FLUSH);
    memory.unmap(region);
    Region part = memory.map(new SegmentRange(segment, 4090, 20), RegionOptions.defaults());
    assertEquals(7, part.getLong(6));
    assertEquals(new SegmentRange(segment, 4090, 20), part.range());
  }

  @Test
  void unmapEndsEveryAccess() {
    memory.unmap(region);
    assertFalse(region.isMapped());
    assertThrows(NotMappedException.class, () -> region.getLong(0));
    assertThrows(NotMappedException.class, () -> memory.unmap(region));
    assertThrows(NotMappedException.class, () -> memory.queryOptions(region));
    assertThrows(
        NotMappedException.class, () -> memory.setOptions(region, RegionOptions.defaults()));
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    assertThrows(NotMappedException.class, () -> transaction.setRange(region, 0, 1));
    transaction.abortTransaction();
    region.close();
  }

  @Test
  void unmapIsRefusedWhileATransactionHasRangesInTheRegion() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 0, 8);
    assertEquals(List.of(transaction.id()), memory.queryOptions(region).uncommitted());
    assertThrows(RegionInUseException.class, () -> memory.unmap(region));
    assertThrows(RegionInUseException.class, () -> region.close());
    region.putLong(0, 3);
    transaction.endTransaction(CommitMode.FLUSH);
    assertEquals(List.of(), memory.queryOptions(region).uncommitted());
    memory.unmap(region);
  }

  @Test
  void regionOfAnotherMemoryIsRefused() {
    Path otherLog = directory.resolve("other.log");
    createLog(otherLog, 1 << 20, OWNER);
    try (RecoverableMemory other = initialize(otherLog, MemoryOptions.defaults())) {
      assertThrows(NotMappedException.class, () -> other.unmap(region));
      assertThrows(NotMappedException.class, () -> other.queryOptions(region));
      MemoryTransaction transaction = other.beginTransaction(RestoreMode.RESTORE);
      assertThrows(NotMappedException.class, () -> transaction.setRange(region, 0, 1));
      transaction.abortTransaction();
    }
  }

  @Test
  void beginTransactionNumbersAreNeverUsedAgain() {
    MemoryTransaction first = memory.beginTransaction(RestoreMode.RESTORE);
    MemoryTransaction second = memory.beginTransaction(RestoreMode.NO_RESTORE);
    assertNotEquals(first.id(), second.id());
    first.setRange(region, 0, 1);
    first.endTransaction(CommitMode.FLUSH);
    second.endTransaction(CommitMode.FLUSH);
    reopen();
    MemoryTransaction third = memory.beginTransaction(RestoreMode.RESTORE);
    assertNotEquals(first.id(), third.id());
    third.abortTransaction();
  }

  @Test
  void setRangeOutsideOfTheRegionIsRefused() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    assertThrows(OutOfRegionException.class, () -> transaction.setRange(region, -1, 1));
    assertThrows(OutOfRegionException.class, () -> transaction.setRange(region, SIZE, 1));
    assertThrows(OutOfRegionException.class, () -> transaction.setRange(region, 1, SIZE));
    assertThrows(OutOfRegionException.class, () -> transaction.setRange(region, 1, -1));
    assertThrows(OutOfRegionException.class, () -> transaction.setRange(region, 1, Long.MAX_VALUE));
    transaction.setRange(region, SIZE, 0);
    transaction.setRange(region, 0, SIZE);
    transaction.endTransaction(CommitMode.FLUSH);
  }

  @Test
  void abortTransactionOfThreeOverlappingRangesBringsTheFirstBytesBack() {
    byte[] before = new byte[100];
    for (int i = 0; i < before.length; i++) {
      before[i] = (byte) (i + 1);
    }
    MemoryTransaction fill = memory.beginTransaction(RestoreMode.RESTORE);
    fill.setRange(region, 0, before.length);
    region.put(0, before);
    fill.endTransaction(CommitMode.FLUSH);
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 10, 40);
    region.put(10, new byte[40]);
    transaction.setRange(region, 30, 40);
    region.put(30, "x".repeat(40).getBytes(StandardCharsets.US_ASCII));
    transaction.setRange(region, 5, 90);
    region.put(5, "y".repeat(90).getBytes(StandardCharsets.US_ASCII));
    transaction.abortTransaction();
    byte[] after = new byte[100];
    region.get(0, after);
    assertArrayEquals(before, after);
    reopen();
    region.get(0, after);
    assertArrayEquals(before, after);
  }

  @Test
  void abortTransactionWithoutRestoreIsRefused() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.NO_RESTORE);
    transaction.setRange(region, 0, 8);
    region.putLong(0, 5);
    assertThrows(RestoreModeException.class, transaction::abortTransaction);
    assertThrows(RestoreModeException.class, () -> transaction.prepare(bytes("name")));
    transaction.endTransaction(CommitMode.FLUSH);
    reopen();
    assertEquals(5, region.getLong(0));
  }

  @Test
  void closeOfATransactionAbortsIt() {
    try (MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE)) {
      transaction.setRange(region, 0, 8);
      region.putLong(0, 5);
    }
    assertEquals(0, region.getLong(0));
  }

  @Test
  void closeOfATransactionThatPromisedNotToAbortSaysSo() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.NO_RESTORE);
    transaction.setRange(region, 0, 8);
    region.putLong(0, 5);
    assertThrows(RestoreModeException.class, transaction::close);
    assertThrows(
        TransactionEndedException.class, () -> transaction.endTransaction(CommitMode.FLUSH));
    reopen();
    assertEquals(0, region.getLong(0));
  }

  @Test
  void everyCallAfterTheEndIsRefused() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.endTransaction(CommitMode.OS_BUFFERED);
    // Whatever else is begun meanwhile.
    MemoryTransaction next = memory.beginTransaction(RestoreMode.RESTORE);
    assertThrows(TransactionEndedException.class, () -> transaction.setRange(region, 0, 1));
    assertThrows(
        TransactionEndedException.class, () -> transaction.endTransaction(CommitMode.FLUSH));
    assertThrows(TransactionEndedException.class, transaction::abortTransaction);
    assertThrows(TransactionEndedException.class, () -> transaction.prepare(bytes("name")));
    transaction.close();
    next.setRange(region, 0, 1);
    next.endTransaction(CommitMode.FLUSH);
  }

  @Test
  void transactionsOfSeveralRegionsAndSegmentsEndAsOne() {
    SegmentRange range = new SegmentRange(directory.resolve("second"), 100, 1000);
    Region second = memory.map(range, RegionOptions.creating());
    Region third = memory.map(new SegmentRange(segment, 2L * SIZE, 100), RegionOptions.creating());
    for (long value = 1; value < 4; value++) {
      MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
      for (Region each : List.of(region, second, third)) {
        transaction.setRange(each, 16, 8);
        each.putLong(16, value);
      }
      assertEquals(List.of(transaction.id()), memory.queryOptions(third).uncommitted());
      if (value % 2 == 0) {
        transaction.abortTransaction();
      } else {
        transaction.endTransaction(CommitMode.FLUSH);
      }
    }
    reopen();
    second = memory.map(range, RegionOptions.defaults());
    assertEquals(3, region.getLong(16));
    assertEquals(3, second.getLong(16));
  }

  @Test
  void flushAndTruncateLoseNothing() {
    store(0, 1, CommitMode.NO_FLUSH);
    memory.flush();
    store(8, 2, CommitMode.OS_BUFFERED);
    memory.truncate();
    store(16, 3, CommitMode.NO_FLUSH);
    reopen();
    assertEquals(1, region.getLong(0));
    assertEquals(2, region.getLong(8));
    assertEquals(3, region.getLong(16));
  }

  @Test
  void queryOptionsTellsWhatSetOptionsSaid() {
    MemoryOptions options = new MemoryOptions(0.25, 1 << 16, Duration.ofSeconds(3), false);
    memory.setOptions(options);
    assertEquals(options, memory.queryOptions());
    RegionOptions ofRegion =
        RegionOptions.creating().withMergeRanges(false).withTruncationThreshold(1 << 18);
    memory.setOptions(region, ofRegion);
    assertEquals(ofRegion, memory.queryOptions(region).options());
  }

  @Test
  void mapOptionsAreThoseOfTheRegion() {
    RegionOptions copying = RegionOptions.creating().withMapping(RegionOptions.Mapping.COPY);
    Region other = memory.map(new SegmentRange(directory.resolve("o"), 0, 64), copying);
    assertEquals(copying, memory.queryOptions(other).options());
  }

  @Test
  void preparedTransactionIsCommittedOrAborted() {
    for (boolean commit : new boolean[] {true, false}) {
      MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
      transaction.setRange(region, 0, 8);
      region.putLong(0, commit ? 1 : 2);
      PreparedTransaction prepared = transaction.prepare(bytes("name"));
      assertEquals(transaction.id(), prepared.id());
      assertArrayEquals(bytes("name"), prepared.name());
      assertEquals(List.of(prepared), memory.prepared());
      assertThrows(TransactionEndedException.class, transaction::abortTransaction);
      assertThrows(TransactionEndedException.class, () -> transaction.setRange(region, 0, 1));
      transaction.close();
      assertThrows(RegionInUseException.class, () -> memory.unmap(region));
      assertEquals(List.of(prepared.id()), memory.queryOptions(region).uncommitted());
      if (commit) {
        prepared.commit();
        prepared.commit();
        assertThrows(TransactionEndedException.class, prepared::abort);
      } else {
        prepared.abort();
        prepared.abort();
        assertThrows(TransactionEndedException.class, prepared::commit);
      }
      assertEquals(List.of(), memory.prepared());
      assertEquals(1, region.getLong(0));
    }
  }

  @Test
  void preparedTransactionStaysUndecidedWhenTheMemoryIsOpenedAgain() {
    for (boolean commit : new boolean[] {true, false}) {
      long offset = commit ? 0 : 64;
      MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
      transaction.setRange(region, offset, 8);
      region.putLong(offset, 9);
      transaction.prepare(bytes("again"));
      reopen();
      reopen();
      PreparedTransaction prepared = memory.prepared().get(0);
      assertEquals(1, memory.prepared().size());
      assertArrayEquals(bytes("again"), prepared.name());
      assertEquals(transaction.id(), prepared.id());
      if (commit) {
        prepared.commit();
      } else {
        prepared.abort();
      }
      assertEquals(commit ? 9 : 0, region.getLong(offset));
      reopen();
      assertEquals(List.of(), memory.prepared());
      assertEquals(commit ? 9 : 0, region.getLong(offset));
    }
  }

  @Test
  void preparedNameMayHaveAnyBytesUpToTheLongest() {
    byte[] longest = new byte[PreparedTransaction.LONGEST_NAME];
    longest[5] = -1;
    for (byte[] name : new byte[][] {{}, {0}, longest}) {
      PreparedTransaction prepared = memory.beginTransaction(RestoreMode.RESTORE).prepare(name);
      reopen();
      assertArrayEquals(name, memory.prepared().get(0).name());
      memory.prepared().get(0).commit();
      assertThrows(RecoverableMemoryException.class, prepared::commit);
    }
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    byte[] tooLong = new byte[PreparedTransaction.LONGEST_NAME + 1];
    assertThrows(IllegalArgumentException.class, () -> transaction.prepare(tooLong));
    transaction.abortTransaction();
  }

  @Test
  void closeEndsTransactionsAsIfAborted() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 0, 8);
    region.putLong(0, 5);
    memory.close();
    memory.close();
    RecoverableMemoryException thrown =
        assertThrows(
            RecoverableMemoryException.class, () -> transaction.endTransaction(CommitMode.FLUSH));
    assertTrue(
        thrown instanceof TransactionEndedException || thrown instanceof MemoryClosedException,
        thrown::toString);
    assertThrows(MemoryClosedException.class, () -> memory.beginTransaction(RestoreMode.RESTORE));
    assertThrows(MemoryClosedException.class, () -> memory.flush());
    assertThrows(
        MemoryClosedException.class,
        () -> memory.map(new SegmentRange(segment, 0, 1), RegionOptions.defaults()));
    assertThrows(NotMappedException.class, () -> region.getLong(0));
    reopen();
    assertEquals(0, region.getLong(0));
  }

  @Test
  void statisticsCountWhatWasDone() {
    store(0, 1, CommitMode.FLUSH);
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 0, 8);
    transaction.abortTransaction();
    memory.beginTransaction(RestoreMode.RESTORE).prepare(bytes("name"));
    MemoryStatistics statistics = memory.statistics();
    assertEquals(1, statistics.committed());
    assertEquals(1, statistics.aborted());
    assertEquals(1, statistics.prepared());
    assertEquals(1, statistics.undecided());
    assertEquals(1, statistics.regions());
    assertTrue(statistics.declaredBytes() >= 8, statistics::toString);
    assertTrue(statistics.logCapacity() > 1 << 19, statistics::toString);
    assertTrue(statistics.logCapacity() <= 1 << 20, statistics::toString);
    assertTrue(statistics.loggedBytes() > 0);
  }

  @Test
  void regionsHoldNumbersAndBuffersInLittleEndianOrder() {
    region.putInt(0, 0x01020304);
    assertEquals(4, region.get(0));
    region.putShort(1, (short) 0x0506);
    assertEquals(0x0506, region.getShort(1));
    region.putDouble(3, 0.5);
    assertEquals(0.5, region.getDouble(3));
    region.put(20, ByteBuffer.wrap(bytes("buffer")));
    ByteBuffer read = ByteBuffer.allocate(6);
    region.get(20, read);
    assertEquals(ByteBuffer.wrap(bytes("buffer")), read.flip());
    assertEquals(0x0506, region.view(1, 2).getShort(0));
    assertThrows(IndexOutOfBoundsException.class, () -> region.getLong(SIZE - 7));
    assertThrows(IndexOutOfBoundsException.class, () -> region.put(-1, (byte) 0));
  }

  @Test
  void interruptOfTheCallerIsKeptAndDoesNoHarm() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread interrupted =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              store(0, 77, CommitMode.FLUSH);
              memory.flush();
              reopen();
              assertTrue(Thread.currentThread().isInterrupted());
            });
    interrupted.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
    interrupted.start();
    interrupted.join();
    assertEquals(null, thrown.get());
    assertEquals(77, region.getLong(0));
    assertThrows(LogInUseException.class, () -> initialize(log, MemoryOptions.defaults()));
    store(8, 1, CommitMode.FLUSH);
  }
}
