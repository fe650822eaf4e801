package org.quicksilver.memory.vista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.memory.AccessFailedException;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.DiskFullException;
import org.quicksilver.memory.LogDamagedException;
import org.quicksilver.memory.LogInUseException;
import org.quicksilver.memory.LogMissingException;
import org.quicksilver.memory.LogVersionException;
import org.quicksilver.memory.MachineDiedException;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.RecoverableMemoryException;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentMissingException;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.SegmentTooShortException;
import org.quicksilver.memory.TooManyTransactionsException;
import org.quicksilver.memory.TransactionTooLargeException;
import org.quicksilver.memory.storage.FileAccess;
import org.quicksilver.memory.vista.OpenedLog.Surroundings;

/**
 * Logs and segments that are not as they were left: a typed error, and nothing changed or lost. The
 * files are those of a process that died with one transaction committed and one not.
 */
@Timeout(60)
final class VistaBadInputTest {

  private static final int SIZE = 4096;
  private static final BootId HERE = new BootId(new UUID(3, 4));

  @TempDir Path directory;
  private Path log;
  private Path segment;
  private byte[] logOfTheDead;
  private byte[] segmentOfTheDead;

  @BeforeEach
  void die() throws IOException {
    log = directory.resolve("log");
    segment = directory.resolve("segment");
    Path live = Files.createDirectory(directory.resolve("live"));
    Vista.createLog(
        VistaOptions.of(live.resolve("log")),
        VistaFormat.CHUNKS_AT + 4 * VistaFormat.CHUNK,
        PosixFilePermissions.fromString("rw-------"));
    try (Vista memory = open(live.resolve("log"), HERE, AfterMachineDied.REFUSE)) {
      SegmentRange range = new SegmentRange(live.resolve("segment"), 0, SIZE);
      Region region = memory.map(range, RegionOptions.creating());
      change(memory, region, 0, (byte) 1).endTransaction(CommitMode.FLUSH);
      MemoryTransaction open = change(memory, region, 50, (byte) 2);
      logOfTheDead = Files.readAllBytes(live.resolve("log"));
      segmentOfTheDead = Files.readAllBytes(live.resolve("segment"));
      open.abortTransaction();
    }
    lay(logOfTheDead);
  }

  private static MemoryTransaction change(Vista memory, Region region, long offset, byte value) {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    transaction.setRange(region, offset, 100);
    for (int i = 0; i < 100; i++) {
      region.put(offset + i, value);
    }
    return transaction;
  }

  private static Vista open(Path file, BootId here, AfterMachineDied afterwards) {
    Surroundings in = new Surroundings(FileAccess.ofFileSystem(), here, Steps.UNWATCHED);
    return Vista.initialize(VistaOptions.of(file).with(afterwards), in);
  }

  private void lay(byte[] logBytes) throws IOException {
    Files.write(log, logBytes);
    Files.write(segment, segmentOfTheDead);
  }

  private void assertRefused(Class<? extends RecoverableMemoryException> type) throws IOException {
    byte[] before = Files.readAllBytes(log);
    RecoverableMemoryException thrown =
        assertThrows(type, () -> open(log, HERE, AfterMachineDied.REFUSE));
    assertTrue(
        String.valueOf(thrown.getMessage()).contains(directory.toString()), thrown::toString);
    assertArrayEquals(before, Files.readAllBytes(log));
    if (Files.exists(segment) && Files.size(segment) == SIZE) {
      assertArrayEquals(segmentOfTheDead, Files.readAllBytes(segment));
    }
  }

  /** The committed bytes are there, those that were not are gone. */
  private void assertRecovers() throws IOException {
    open(log, HERE, AfterMachineDied.REFUSE).close();
    byte[] bytes = Files.readAllBytes(segment);
    for (int i = 0; i < 200; i++) {
      assertEquals(i < 100 ? 1 : 0, bytes[i], "byte " + i);
    }
  }

  @Test
  void whatTheDeadLeftIsRecovered() throws IOException {
    assertRecovers();
  }

  /** What opening a log with one byte flipped comes to. */
  private Optional<RecoverableMemoryException> openingFlipped(int at) {
    return openingFlipped(at, 0xff);
  }

  private Optional<RecoverableMemoryException> openingFlipped(int at, int bits) {
    byte[] flipped = logOfTheDead.clone();
    flipped[at] ^= (byte) bits;
    Path file = Path.of("/disk/log");
    Path itsSegment = Path.of("/disk/segment");
    MemoryDisk disk =
        new MemoryDisk().with(file, true, flipped).with(itsSegment, false, segmentOfTheDead);
    try {
      Surroundings in = new Surroundings(disk, HERE, Steps.UNWATCHED);
      Vista.initialize(VistaOptions.of(file), in).close();
      assertCommittedIsThere(disk.read(itsSegment), "log byte " + at);
      return Optional.empty();
    } catch (RecoverableMemoryException e) {
      assertArrayEquals(flipped, disk.read(file));
      assertArrayEquals(segmentOfTheDead, disk.read(itsSegment));
      return Optional.of(e);
    }
  }

  private static void assertCommittedIsThere(byte[] bytes, String where) {
    for (int i = 0; i < 50; i++) {
      assertEquals(1, bytes[i], where);
    }
  }

  @Test
  void everyByteOfTheHeaderFlippedIsATypedErrorOrDoesNotMatter() {
    int refused = 0;
    for (int i = 0; i < VistaFormat.HEADER_SIZE; i++) {
      Optional<RecoverableMemoryException> thrown = openingFlipped(i);
      if (thrown.isPresent()) {
        assertInstanceOf(typeForByteOfHeader(i), thrown.get());
        refused++;
      }
    }
    // All but the state that does not count.
    assertEquals(VistaFormat.HEADER_SIZE - VistaFormat.STATE_SIZE, refused);
  }

  private static Class<? extends RecoverableMemoryException> typeForByteOfHeader(int at) {
    if (at < VistaFormat.H_VERSION) {
      return LogMissingException.class;
    }
    return at < VistaFormat.H_CRC ? LogVersionException.class : LogDamagedException.class;
  }

  @Test
  void everyByteOfAnUndoEntryFlippedIsRefusedOldBytesIncluded() {
    int end = VistaFormat.CHUNKS_AT + VistaFormat.E_BYTES + 100;
    for (int i = VistaFormat.CHUNKS_AT; i < end; i++) {
      for (int bits : new int[] {0xff, 1 << i % 8, 0x80}) {
        Optional<RecoverableMemoryException> thrown = openingFlipped(i, bits);
        assertInstanceOf(LogDamagedException.class, thrown.orElse(null), "byte " + i);
      }
    }
  }

  @Test
  void everyByteOfTheUndoLogFlippedIsATypedErrorOrDoesNotMatter() {
    for (int i = VistaFormat.HEADER_SIZE; i < logOfTheDead.length; i += step(i)) {
      openingFlipped(i).ifPresent(thrown -> assertInstanceOf(LogDamagedException.class, thrown));
    }
  }

  /** Every byte where something is, some where there are zeros. */
  private int step(int at) {
    boolean inFirstSlots = at >= VistaFormat.slotAt(0) && at < VistaFormat.slotAt(2);
    return logOfTheDead[at] != 0 || inFirstSlots ? 1 : 97;
  }

  @Test
  void logCutOffAnywhereIsRefused() throws IOException {
    for (int length = 0; length < logOfTheDead.length; length += length < 5000 ? 97 : 5023) {
      lay(java.util.Arrays.copyOf(logOfTheDead, length));
      assertRefused(length < 8 ? LogMissingException.class : LogDamagedException.class);
    }
    lay(java.util.Arrays.copyOf(logOfTheDead, logOfTheDead.length + 1));
    assertRefused(LogDamagedException.class);
  }

  @Test
  void logOfAnotherVersionIsRefused() throws IOException {
    byte[] other = logOfTheDead.clone();
    ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putInt(VistaFormat.H_VERSION, 1);
    lay(other);
    assertRefused(LogVersionException.class);
  }

  @Test
  void logThatWasOpenWhenTheMachineDiedIsRefusedUnlessAccepted() throws IOException {
    BootId other = new BootId(new UUID(5, 6));
    assertThrows(MachineDiedException.class, () -> open(log, other, AfterMachineDied.REFUSE));
    assertArrayEquals(logOfTheDead, Files.readAllBytes(log));
    open(log, other, AfterMachineDied.ACCEPT).close();
    assertRecovers();
  }

  @Test
  void logThatWasClosedBeforeTheMachineDiedIsOpened() throws IOException {
    assertRecovers();
    open(log, new BootId(new UUID(5, 6)), AfterMachineDied.REFUSE).close();
    assertRecovers();
  }

  @Test
  void whatCannotBeUndoneAfterTheMachineDiedIsLeftIfAccepted() throws IOException {
    byte[] torn = logOfTheDead.clone();
    torn[VistaFormat.CHUNKS_AT + VistaFormat.E_OFFSET] ^= 1;
    lay(torn);
    assertRefused(LogDamagedException.class);
    open(log, new BootId(new UUID(5, 6)), AfterMachineDied.ACCEPT).close();
    assertArrayEquals(segmentOfTheDead, Files.readAllBytes(segment));
    open(log, HERE, AfterMachineDied.REFUSE).close();
  }

  @Test
  void segmentThatIsMissingIsNamed() throws IOException {
    Files.delete(segment);
    assertRefused(SegmentMissingException.class);
    Files.write(segment, segmentOfTheDead);
    assertRecovers();
  }

  @Test
  void segmentThatIsShorterThanTheLogSaysIsNamed() throws IOException {
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.truncate(149);
    }
    assertRefused(SegmentTooShortException.class);
    Files.write(segment, segmentOfTheDead);
    assertRecovers();
  }

  @Test
  void segmentThatSomebodyElseHasLockedIsNamed() throws IOException {
    try (RandomAccessFile other = new RandomAccessFile(segment.toFile(), "rw");
        FileLock lock = other.getChannel().lock()) {
      assertTrue(lock.isValid());
      assertThrows(LogInUseException.class, () -> open(log, HERE, AfterMachineDied.REFUSE));
    }
    assertRecovers();
  }

  @Test
  void filesMovedTogetherAreRecovered() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.move(log, elsewhere.resolve("log"));
    Files.move(segment, elsewhere.resolve("segment"));
    log = elsewhere.resolve("log");
    segment = elsewhere.resolve("segment");
    assertRecovers();
  }

  @Test
  void directoryOrUnreadableFileIsNoLog() {
    assertThrows(
        RecoverableMemoryException.class, () -> open(directory, HERE, AfterMachineDied.REFUSE));
  }

  @Test
  void transactionThatTheLogCannotHoldIsRefusedAndCanBeAborted() throws IOException {
    Path large = directory.resolve("large");
    try (Vista memory = open(log, HERE, AfterMachineDied.REFUSE)) {
      Region region = memory.map(new SegmentRange(large, 0, 1 << 20), RegionOptions.creating());
      MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
      transaction.setRange(region, 0, 8000);
      region.put(0, (byte) 1);
      assertThrows(
          TransactionTooLargeException.class, () -> transaction.setRange(region, 0, 1 << 20));
      assertThrows(TransactionTooLargeException.class, () -> transaction.setRange(region, 0, 8000));
      transaction.abortTransaction();
      assertEquals(0, region.get(0));
      change(memory, region, 0, (byte) 3).endTransaction(CommitMode.FLUSH);
    }
  }

  @Test
  void moreTransactionsThanThereAreSlotsAreRefused() throws IOException {
    try (Vista memory = open(log, HERE, AfterMachineDied.REFUSE)) {
      MemoryTransaction first = memory.beginTransaction(RestoreMode.RESTORE);
      for (int i = 1; i < VistaFormat.SLOTS; i++) {
        memory.beginTransaction(RestoreMode.RESTORE);
      }
      assertThrows(
          TooManyTransactionsException.class, () -> memory.beginTransaction(RestoreMode.RESTORE));
      first.abortTransaction();
      memory.beginTransaction(RestoreMode.RESTORE).abortTransaction();
    }
  }

  @Test
  void moreSegmentsThanThereIsRoomForAreRefused() throws IOException {
    try (Vista memory = open(log, HERE, AfterMachineDied.REFUSE)) {
      for (int i = 0; i < VistaFormat.SEGMENTS; i++) {
        memory.map(new SegmentRange(directory.resolve("s" + i), 0, 1), RegionOptions.creating());
      }
      SegmentRange more = new SegmentRange(directory.resolve("more"), 0, 1);
      assertThrows(AccessFailedException.class, () -> memory.map(more, RegionOptions.creating()));
      assertTrue(Files.notExists(more.segment()));
    }
  }

  @Test
  void pathThatIsTooLongIsRefused() throws IOException {
    Path far = Path.of("/" + "d/".repeat(600) + "segment");
    try (Vista memory = open(log, HERE, AfterMachineDied.REFUSE)) {
      assertThrows(
          AccessFailedException.class,
          () -> memory.map(new SegmentRange(far, 0, 1), RegionOptions.creating()));
    }
  }

  @Test
  void idleChunksGoToWhoNeedsThem() throws IOException {
    try (Vista memory = open(log, HERE, AfterMachineDied.REFUSE)) {
      Region region = memory.map(new SegmentRange(segment, 0, SIZE), RegionOptions.defaults());
      MemoryTransaction[] many = new MemoryTransaction[4];
      for (int i = 0; i < many.length; i++) {
        many[i] = change(memory, region, 200 * i, (byte) i);
      }
      for (MemoryTransaction each : many) {
        each.abortTransaction();
      }
      MemoryTransaction large = memory.beginTransaction(RestoreMode.RESTORE);
      for (int i = 0; i < 7; i++) {
        large.setRange(region, 0, SIZE);
      }
      large.abortTransaction();
    }
  }

  @Test
  void fullDiskIsSaidWhenASegmentIsMadeAndNeverLater() {
    Path file = Path.of("/disk/log");
    MemoryDisk disk =
        new MemoryDisk()
            .with(file, true, logOfTheDead)
            .with(Path.of("/disk/segment"), false, segmentOfTheDead);
    Surroundings in = new Surroundings(disk, HERE, Steps.UNWATCHED);
    try (Vista memory = Vista.initialize(VistaOptions.of(file), in)) {
      SegmentRange range = new SegmentRange(Path.of("/disk/new"), 0, SIZE);
      disk.fill();
      assertThrows(DiskFullException.class, () -> memory.map(range, RegionOptions.creating()));
      Region region =
          memory.map(new SegmentRange(Path.of("/disk/segment"), 0, SIZE), RegionOptions.creating());
      change(memory, region, 0, (byte) 9).endTransaction(CommitMode.FLUSH);
      disk.empty();
      assertEquals(0, memory.map(range, RegionOptions.creating()).get(0));
    }
  }
}
