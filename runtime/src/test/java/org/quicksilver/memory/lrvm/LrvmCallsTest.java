package org.quicksilver.memory.lrvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.LogExistsException;
import org.quicksilver.memory.LogInUseException;
import org.quicksilver.memory.LogMissingException;
import org.quicksilver.memory.MemoryClosedException;
import org.quicksilver.memory.MemoryOptions;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.NotMappedException;
import org.quicksilver.memory.OutOfRegionException;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionInUseException;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RegionOverlapException;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.RestoreModeException;
import org.quicksilver.memory.SegmentMissingException;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.SegmentTooShortException;
import org.quicksilver.memory.TransactionEndedException;
import org.quicksilver.memory.TransactionTooLargeException;

/** Every call and option of the source, by its name there, on real files. */
@Timeout(60)
class LrvmCallsTest {

  static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

  @TempDir Path directory;

  private LrvmOptions options;
  private Path segment;
  private Lrvm memory;
  private Region region;

  @BeforeEach
  void open() {
    options = LrvmOptions.of(directory.resolve("log"));
    segment = directory.resolve("segment");
    Lrvm.createLog(options, 1 << 20, MODE);
    memory = Lrvm.initialize(options);
    region = memory.map(range(0, 10_000), RegionOptions.creating());
  }

  @AfterEach
  void close() {
    memory.close();
  }

  private SegmentRange range(long offset, long length) {
    return new SegmentRange(segment, offset, length);
  }

  private void store(long offset, String text, CommitMode mode) {
    try (MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE)) {
      transaction.setRange(region, offset, text.length());
      region.put(offset, text.getBytes(UTF_8));
      transaction.endTransaction(mode);
    }
  }

  private String text(long offset, int length) {
    byte[] bytes = new byte[length];
    region.get(offset, bytes);
    return new String(bytes, UTF_8);
  }

  private String inFile(int offset, int length) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "r")) {
      byte[] bytes = new byte[length];
      file.seek(offset);
      file.readFully(bytes);
      return new String(bytes, UTF_8);
    }
  }

  private void reopen() {
    memory.close();
    memory = Lrvm.initialize(options);
    region = memory.map(range(0, 10_000), RegionOptions.defaults());
  }

  @Test
  void initializeRunsRecovery() throws Exception {
    store(10, "recovered", CommitMode.FLUSH);
    assertEquals("\0\0\0", inFile(10, 3));
    memory.close();
    memory = Lrvm.initialize(options);
    assertEquals("recovered", inFile(10, 9));
    assertEquals(1, memory.statistics().recoveredTransactions());
  }

  @Test
  void initializeIsRefusedWhileTheLogIsOpen() {
    LogInUseException refused =
        assertThrows(LogInUseException.class, () -> Lrvm.initialize(options));
    assertTrue(refused.getMessage().contains(options.log().toString()), refused::getMessage);
  }

  @Test
  void initializeWithoutALogSaysWhatToDo() {
    LogMissingException missing =
        assertThrows(
            LogMissingException.class,
            () -> Lrvm.initialize(LrvmOptions.of(directory.resolve("nothing"))));
    assertTrue(missing.getMessage().contains("createLog"), missing::getMessage);
  }

  @Test
  void createLogMakesRealZerosAndRefusesAFile() throws Exception {
    LrvmOptions other = LrvmOptions.of(directory.resolve("other"));
    Lrvm.createLog(other, 300_000, PosixFilePermissions.fromString("rw-r-----"));
    assertEquals(LogFormat.DATA + LogFormat.capacityOf(300_000), Files.size(other.log()));
    assertEquals(
        "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(other.log())));
    byte[] before = Files.readAllBytes(other.log());
    assertThrows(LogExistsException.class, () -> Lrvm.createLog(other, 300_000, MODE));
    assertArrayEquals(before, Files.readAllBytes(other.log()));
    assertThrows(
        IllegalArgumentException.class,
        () -> Lrvm.createLog(LrvmOptions.of(directory.resolve("small")), 1000, MODE));
  }

  @Test
  void mapAppliesWhatIsCommittedFirst() {
    store(0, "first", CommitMode.NO_FLUSH);
    region.close();
    region = memory.map(range(0, 10_000), RegionOptions.defaults());
    assertEquals("first", text(0, 5));
  }

  @Test
  void mapRefusesAnOverlap() {
    assertThrows(
        RegionOverlapException.class, () -> memory.map(range(9_999, 10), RegionOptions.creating()));
    memory.map(range(10_000, 10), RegionOptions.creating()).close();
  }

  @Test
  void mapRefusesASegmentThatIsMissingOrShort() {
    Path nothing = directory.resolve("nothing");
    assertThrows(
        SegmentMissingException.class,
        () -> memory.map(new SegmentRange(nothing, 0, 10), RegionOptions.defaults()));
    assertFalse(Files.exists(nothing));
    assertThrows(
        SegmentTooShortException.class,
        () -> memory.map(range(10_000, 10), RegionOptions.defaults()));
  }

  @Test
  void mapByCopyIsTheSameToTheCaller() {
    store(0, "copied", CommitMode.FLUSH);
    region.close();
    region =
        memory.map(
            range(0, 10_000), RegionOptions.defaults().withMapping(RegionOptions.Mapping.COPY));
    assertEquals("copied", text(0, 6));
    store(0, "COPIED", CommitMode.FLUSH);
    reopen();
    assertEquals("COPIED", text(0, 6));
  }

  @Test
  void uncommittedBytesNeverReachTheSegment() throws Exception {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 0, 5);
    region.put(0, "dirty".getBytes(UTF_8));
    store(4096, "clean", CommitMode.FLUSH);
    memory.truncate();
    assertEquals("\0\0\0\0\0", inFile(0, 5));
    assertEquals("clean", inFile(4096, 5));
    transaction.abortTransaction();
  }

  @Test
  void unmapIsRefusedWhileATransactionHasRanges() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 0, 1);
    assertThrows(RegionInUseException.class, () -> memory.unmap(region));
    transaction.abortTransaction();
    memory.unmap(region);
    assertThrows(NotMappedException.class, () -> region.get(0));
    assertThrows(NotMappedException.class, () -> memory.unmap(region));
    assertEquals(0, memory.statistics().regions());
  }

  @Test
  void beginTransactionWithNoRestoreCannotBeAborted() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.NO_RESTORE);
    transaction.setRange(region, 0, 4);
    region.putInt(0, 7);
    assertThrows(RestoreModeException.class, transaction::abortTransaction);
    assertThrows(RestoreModeException.class, () -> transaction.prepare(new byte[1]));
    transaction.endTransaction(CommitMode.FLUSH);
    reopen();
    assertEquals(7, region.getInt(0));
  }

  @Test
  void noRestoreThatIsClosedUnendedSaysSoAndIsNotCommitted() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.NO_RESTORE);
    transaction.setRange(region, 0, 4);
    region.putInt(0, 7);
    assertThrows(RestoreModeException.class, transaction::close);
    reopen();
    assertEquals(0, region.getInt(0));
  }

  @Test
  void setRangeMustLieInOneMappedRegion() {
    try (MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE)) {
      assertThrows(OutOfRegionException.class, () -> transaction.setRange(region, 9_999, 2));
      assertThrows(OutOfRegionException.class, () -> transaction.setRange(region, -1, 2));
      assertThrows(
          OutOfRegionException.class, () -> transaction.setRange(region, 1, Long.MAX_VALUE));
      Region gone = memory.map(range(10_000, 10), RegionOptions.creating());
      gone.close();
      assertThrows(NotMappedException.class, () -> transaction.setRange(gone, 0, 1));
    }
  }

  @Test
  void setRangeThreeTimesOverlappingIsAbortedToTheFirstValues() {
    for (boolean merge : new boolean[] {true, false}) {
      memory.setOptions(region, RegionOptions.defaults().withMergeRanges(merge));
      store(0, "0123456789", CommitMode.FLUSH);
      MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
      transaction.setRange(region, 2, 4);
      region.put(2, "abcd".getBytes(UTF_8));
      transaction.setRange(region, 4, 4);
      region.put(4, "efgh".getBytes(UTF_8));
      transaction.setRange(region, 1, 9);
      region.put(1, "ijklmnopq".getBytes(UTF_8));
      transaction.abortTransaction();
      assertEquals("0123456789", text(0, 10));
    }
  }

  @Test
  void endTransactionFlushSurvives() {
    store(0, "forced", CommitMode.FLUSH);
    assertTrue(memory.statistics().forces() >= 1);
    reopen();
    assertEquals("forced", text(0, 6));
  }

  @Test
  void endTransactionOsBufferedIsWrittenWithoutAForce() {
    long forces = memory.statistics().forces();
    long writes = memory.statistics().writes();
    store(0, "written", CommitMode.OS_BUFFERED);
    assertEquals(forces, memory.statistics().forces());
    assertTrue(memory.statistics().writes() > writes);
  }

  @Test
  void endTransactionNoFlushStaysInMemoryUntilFlush() {
    long writes = memory.statistics().writes();
    store(0, "one", CommitMode.NO_FLUSH);
    store(1, "two", CommitMode.NO_FLUSH);
    assertEquals(writes, memory.statistics().writes());
    memory.flush();
    assertEquals(2, memory.statistics().mergedTransactions());
    assertEquals(writes + 1, memory.statistics().writes());
    reopen();
    assertEquals("otwo", text(0, 4));
  }

  @Test
  void windowOfVulnerabilityIsBoundedByLongestDelay() {
    memory.setOptions(memory.queryOptions().withLongestDelay(Duration.ofMillis(20)));
    store(0, "late", CommitMode.NO_FLUSH);
    Awaitility.await().until(() -> memory.statistics().writes() > 0);
  }

  @Test
  void anEndedTransactionRefusesEverything() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.endTransaction(CommitMode.FLUSH);
    assertThrows(TransactionEndedException.class, () -> transaction.setRange(region, 0, 1));
    assertThrows(
        TransactionEndedException.class, () -> transaction.endTransaction(CommitMode.FLUSH));
    assertThrows(TransactionEndedException.class, transaction::abortTransaction);
    transaction.close();
  }

  @Test
  void transactionTooLargeForTheLogCanStillBeAborted() {
    Region large =
        memory.map(
            new SegmentRange(directory.resolve("large"), 0, 2 << 20), RegionOptions.creating());
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(large, 0, 2 << 20);
    large.putLong(1 << 20, 5);
    assertThrows(
        TransactionTooLargeException.class, () -> transaction.endTransaction(CommitMode.FLUSH));
    transaction.abortTransaction();
    assertEquals(0, large.getLong(1 << 20));
  }

  @Test
  void transactionLargerThanEveryBufferIsRecovered() {
    memory.close();
    options = LrvmOptions.of(directory.resolve("longer"));
    Lrvm.createLog(options, 64 << 20, MODE);
    memory = Lrvm.initialize(options);
    SegmentRange large = new SegmentRange(directory.resolve("large"), 0, 11_000_000);
    Region whole = memory.map(large, RegionOptions.creating());
    for (int round = 1; round < 8; round++) {
      MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
      transaction.setRange(whole, 1, 10_999_998);
      for (long at = 1; at < 10_999_990; at += 999) {
        whole.putLong(at, at * round);
      }
      transaction.endTransaction(CommitMode.OS_BUFFERED);
    }
    memory.close();
    memory = Lrvm.initialize(options);
    assertTrue(memory.statistics().recoveredTransactions() > 0);
    whole = memory.map(large, RegionOptions.defaults());
    for (long at = 1; at < 10_999_990; at += 999) {
      assertEquals(at * 7, whole.getLong(at));
    }
  }

  @Test
  void segmentOfAnotherLogIsRefused() {
    LrvmOptions other = LrvmOptions.of(directory.resolve("other"));
    Lrvm.createLog(other, 100_000, MODE);
    try (Lrvm second = Lrvm.initialize(other)) {
      assertThrows(
          LogInUseException.class, () -> second.map(range(20_000, 10), RegionOptions.creating()));
    }
  }

  @Test
  void undecidedTransactionsDoNotKeepTruncationBusy() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 0, 9_000);
    transaction.prepare(new byte[] {1});
    memory.setOptions(memory.queryOptions().withTruncationThreshold(0.001));
    memory.truncate();
    store(9_500, "x", CommitMode.FLUSH);
    memory.truncate();
    long truncations = memory.statistics().truncations();
    memory.flush();
    memory.flush();
    assertTrue(memory.statistics().truncations() <= truncations + 1);
  }

  @Test
  void truncateEmptiesTheLogIntoTheSegments() throws Exception {
    store(0, "away", CommitMode.NO_FLUSH);
    memory.truncate();
    assertEquals("away", inFile(0, 4));
    assertEquals(0, memory.statistics().logUsed());
    assertEquals(1, memory.statistics().truncations());
  }

  @Test
  void truncationThresholdIsKeptInTheBackground() {
    memory.setOptions(memory.queryOptions().withTruncationThreshold(0.01));
    store(0, "x".repeat(9_900), CommitMode.FLUSH);
    store(0, "y".repeat(9_900), CommitMode.FLUSH);
    Awaitility.await().until(() -> memory.statistics().truncations() > 0);
  }

  @Test
  void regionsOwnTruncationThresholdIsKept() {
    memory.setOptions(region, RegionOptions.defaults().withTruncationThreshold(100));
    store(0, "z".repeat(200), CommitMode.FLUSH);
    Awaitility.await().until(() -> memory.statistics().truncations() > 0);
  }

  @Test
  void commitsWaitForRoomAndNeverFailForIt() {
    memory.setOptions(memory.queryOptions().withTruncationThreshold(1));
    for (int i = 0; i < 400; i++) {
      store(0, String.valueOf((char) ('a' + i % 26)).repeat(9_000), CommitMode.OS_BUFFERED);
    }
    assertTrue(memory.statistics().truncations() > 2);
    reopen();
    assertEquals(String.valueOf((char) ('a' + 399 % 26)), text(8_999, 1));
  }

  @Test
  void queryOptionsAndSetOptions() {
    MemoryOptions wanted = new MemoryOptions(0.25, 4096, Duration.ofSeconds(3), false);
    memory.setOptions(wanted);
    assertEquals(wanted, memory.queryOptions());
    RegionOptions regional = RegionOptions.defaults().withMergeRanges(false);
    memory.setOptions(region, regional);
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 0, 1);
    assertEquals(regional, memory.queryOptions(region).options());
    assertEquals(List.of(transaction.id()), memory.queryOptions(region).uncommitted());
    transaction.abortTransaction();
    assertEquals(List.of(), memory.queryOptions(region).uncommitted());
    assertThrows(IllegalArgumentException.class, () -> wanted.withTruncationThreshold(0));
  }

  @Test
  void optionMergeRangesLogsOverlapsOnce() {
    long merged = logged(true);
    assertTrue(logged(false) > merged + 500, () -> "merged " + merged);
  }

  private long logged(boolean merge) {
    memory.setOptions(region, RegionOptions.defaults().withMergeRanges(merge));
    long before = memory.statistics().loggedBytes();
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    for (int i = 0; i < 20; i++) {
      transaction.setRange(region, i * 10, 40);
    }
    transaction.endTransaction(CommitMode.FLUSH);
    return memory.statistics().loggedBytes() - before;
  }

  @Test
  void optionBufferWritesWhatIsMore() {
    memory.setOptions(memory.queryOptions().withBuffer(2_000));
    for (int i = 0; i < 40; i++) {
      store(i * 100, "w".repeat(90), CommitMode.NO_FLUSH);
    }
    Awaitility.await().until(() -> memory.statistics().writes() > 0);
  }

  @Test
  void severalSegmentsAndRegionsInOneTransaction() {
    Region other =
        memory.map(new SegmentRange(directory.resolve("b"), 50, 100), RegionOptions.creating());
    Region third = memory.map(range(20_000, 100), RegionOptions.creating());
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    int value = 1;
    for (Region each : List.of(region, other, third)) {
      transaction.setRange(each, 8, 8);
      each.putLong(8, value++);
    }
    transaction.endTransaction(CommitMode.FLUSH);
    memory.close();
    memory = Lrvm.initialize(options);
    region = memory.map(range(0, 30_000 - 9_900), RegionOptions.defaults());
    assertEquals(1, region.getLong(8));
    assertEquals(3, region.getLong(20_008));
    assertEquals(
        2,
        memory
            .map(new SegmentRange(directory.resolve("b"), 50, 100), RegionOptions.defaults())
            .getLong(8));
  }

  @Test
  void preparedTransactionSurvivesUndecidedAndIsThenCommitted() {
    store(0, "old", CommitMode.FLUSH);
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 0, 3);
    region.put(0, "new".getBytes(UTF_8));
    transaction.prepare("name".getBytes(UTF_8));
    assertThrows(TransactionEndedException.class, transaction::abortTransaction);
    assertThrows(RegionInUseException.class, () -> memory.unmap(region));
    memory.truncate();
    reopen();
    assertEquals("old", text(0, 3));
    PreparedTransaction prepared = memory.prepared().get(0);
    assertEquals("name", new String(prepared.name(), UTF_8));
    prepared.commit();
    prepared.commit();
    assertThrows(TransactionEndedException.class, prepared::abort);
    assertEquals("new", text(0, 3));
    reopen();
    assertEquals("new", text(0, 3));
    assertEquals(List.of(), memory.prepared());
  }

  @Test
  void preparedTransactionIsAborted() {
    store(0, "old", CommitMode.FLUSH);
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 0, 3);
    region.put(0, "new".getBytes(UTF_8));
    PreparedTransaction prepared = transaction.prepare(new byte[] {1});
    prepared.abort();
    assertEquals("old", text(0, 3));
    memory.unmap(region);
    memory.close();
    memory = Lrvm.initialize(options);
    assertEquals(List.of(), memory.prepared());
  }

  @Test
  void closedMemoryRefusesEverything() {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, 0, 1);
    memory.close();
    memory.close();
    assertThrows(MemoryClosedException.class, () -> transaction.endTransaction(CommitMode.FLUSH));
    assertThrows(MemoryClosedException.class, memory::flush);
    assertThrows(MemoryClosedException.class, () -> memory.beginTransaction(RestoreMode.RESTORE));
    assertThrows(NotMappedException.class, () -> region.get(0));
    transaction.close();
  }

  @Test
  void interruptedCallersLoseNothing() {
    Thread.currentThread().interrupt();
    store(0, "calm", CommitMode.FLUSH);
    memory.truncate();
    assertTrue(Thread.interrupted());
    store(0, "CALM", CommitMode.FLUSH);
    reopen();
    assertEquals("CALM", text(0, 4));
  }

  @Test
  void regionOfMoreThanTwoGibibytes() throws Exception {
    Path large = directory.resolve("sparse");
    long length = 5L << 29;
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(length);
    }
    Region wide = memory.map(new SegmentRange(large, 0, length), RegionOptions.defaults());
    long[] places = {0, (1L << 30) - 3, (1L << 31) - 5, length - 8};
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    for (long place : places) {
      transaction.setRange(wide, place, 8);
      wide.putLong(place, ~place);
    }
    transaction.endTransaction(CommitMode.FLUSH);
    memory.close();
    memory = Lrvm.initialize(options);
    wide = memory.map(new SegmentRange(large, 0, length), RegionOptions.defaults());
    for (long place : places) {
      assertEquals(~place, wide.getLong(place));
    }
  }
}
