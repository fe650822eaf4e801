package org.quicksilver.memory.lrvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.LogDamagedException;
import org.quicksilver.memory.LogMissingException;
import org.quicksilver.memory.LogVersionException;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.RecoverableMemoryException;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentMissingException;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.SegmentTooShortException;

/** Logs with bytes missing or changed: nothing lost without a word, nothing half applied. */
@Timeout(120)
class LrvmDamageTest {

  private static final int COMMITS = 12;
  private static final int SIZE = 3000;

  private final CrashDisk disk = new CrashDisk();
  private final List<byte[]> states = new ArrayList<>();
  private final Random random = new Random(7);
  private CrashDisk crashed;
  private CrashDisk closed;
  private long tail;

  @BeforeEach
  void write() throws IOException {
    Lrvm.createLog(Script.options(disk), LogFormat.DATA + 8192, LrvmCallsTest.MODE);
    Lrvm memory = Lrvm.initialize(Script.options(disk));
    memory.setOptions(memory.queryOptions().withTruncationThreshold(1));
    Region region = memory.map(new SegmentRange(Script.ONE, 0, SIZE), RegionOptions.creating());
    states.add(new byte[SIZE]);
    for (int i = 0; i < COMMITS; i++) {
      MemoryTransaction transaction = memory.beginTransaction(RestoreMode.NO_RESTORE);
      for (int range = 0; range < 3; range++) {
        byte[] bytes = new byte[1 + random.nextInt(range == 2 && i % 4 == 0 ? 900 : 90)];
        random.nextBytes(bytes);
        int offset = random.nextInt(SIZE - bytes.length);
        transaction.setRange(region, offset, bytes.length);
        region.put(offset, bytes);
      }
      transaction.endTransaction(CommitMode.FLUSH);
      byte[] state = new byte[SIZE];
      region.get(0, state);
      states.add(state);
    }
    tail = memory.statistics().logUsed();
    crashed = disk.afterProcessCrash();
    memory.close();
    closed = disk.afterProcessCrash();
  }

  private static void recover(CrashDisk image) throws IOException {
    Recovered recovered = Recovery.run(image, Script.LOG);
    recovered.segments().close();
    recovered.file().close();
  }

  private static CrashDisk with(CrashDisk source, byte[] log) {
    CrashDisk image = source.afterProcessCrash();
    image.put(Script.LOG, log);
    return image;
  }

  /** Recovers all, or says that it cannot and changes nothing. */
  private void assertAllOrNothing(CrashDisk source, byte[] log, String what) throws IOException {
    CrashDisk image = with(source, log);
    try {
      recover(image);
    } catch (LogDamagedException e) {
      assertArrayEquals(log, image.bytes(Script.LOG), what);
      assertArrayEquals(states.get(0), image.bytes(Script.ONE), what);
      return;
    }
    assertArrayEquals(states.get(COMMITS), image.bytes(Script.ONE), what);
  }

  @Test
  void everyByteFlippedInALogClosedInOrder() throws IOException {
    flipEveryByte(closed, LogFormat.DATA);
  }

  @Test
  void everyByteFlippedOutsideTheRecordsOfALogWhoseProcessDied() throws IOException {
    flipEveryByte(crashed, LogFormat.DATA + tail);
  }

  private void flipEveryByte(CrashDisk source, long from) throws IOException {
    byte[] log = source.bytes(Script.LOG).clone();
    for (int i = 0; i < log.length; i++) {
      boolean header = i % LogFormat.HEADER_BLOCK < 200 && i < LogFormat.DATA;
      if (header || i >= from && i < LogFormat.DATA + tail + 64 || i % 61 == 0) {
        byte mask = (byte) (1 << (i % 8));
        log[i] ^= mask;
        assertAllOrNothing(source, log, "byte " + i + ", mask " + mask);
        log[i] ^= mask;
      }
    }
  }

  @Test
  void everyByteFlippedInTheRecordsOfALogWhoseProcessDiedIsFound() {
    byte[] log = crashed.bytes(Script.LOG).clone();
    for (long at = LogFormat.DATA; at < LogFormat.DATA + tail; at++) {
      log[(int) at] ^= 4;
      assertThrows(LogDamagedException.class, () -> recover(with(crashed, log)));
      log[(int) at] ^= 4;
    }
  }

  @Test
  void logTruncatedAtEveryByte() throws IOException {
    byte[] log = crashed.bytes(Script.LOG);
    for (int length = 0; length < log.length; length += length < LogFormat.DATA - 99 ? 61 : 1) {
      byte[] cut = Arrays.copyOf(log, length);
      CrashDisk image = with(crashed, cut);
      RecoverableMemoryException refused =
          assertThrows(RecoverableMemoryException.class, () -> recover(image), "at " + length);
      assertTrue(
          refused instanceof LogDamagedException || refused instanceof LogMissingException,
          refused::getMessage);
      assertArrayEquals(states.get(0), image.bytes(Script.ONE));
    }
  }

  /** What a power failure leaves if the end was never written: a prefix, or a word about it. */
  @Test
  void endOfTheLogMissingFromEveryByteOn() throws IOException {
    int prefixes = 0;
    for (long from = LogFormat.DATA; from <= LogFormat.DATA + tail; from++) {
      byte[] log = crashed.bytes(Script.LOG).clone();
      Arrays.fill(log, (int) from, log.length, (byte) 0);
      CrashDisk image = with(crashed, log);
      try {
        recover(image);
        prefixes++;
        assertPrefix(image.bytes(Script.ONE), from);
      } catch (LogDamagedException e) {
        assertArrayEquals(states.get(0), image.bytes(Script.ONE));
      }
    }
    assertTrue(prefixes > COMMITS, "only " + prefixes);
  }

  private void assertPrefix(byte[] found, long from) {
    if (states.stream().noneMatch(state -> Arrays.equals(state, found))) {
      fail("no prefix explains what is there when the log is zeros from " + from);
    }
  }

  @Test
  void logOfAnotherVersionIsRefused() throws IOException {
    byte[] log = closed.bytes(Script.LOG).clone();
    for (int block = 0; block < LogFormat.DATA; block += LogFormat.HEADER_BLOCK) {
      ByteBuffer header =
          ByteBuffer.wrap(log, block, LogFormat.HEADER_BLOCK)
              .slice()
              .order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(8, 99);
      CRC32C crc = new CRC32C();
      crc.update(header.slice(0, 16));
      crc.update(header.slice(20, header.getInt(12) - 20));
      header.putInt(16, (int) crc.getValue());
    }
    CrashDisk image = with(closed, log);
    LogVersionException refused = assertThrows(LogVersionException.class, () -> recover(image));
    assertTrue(refused.getMessage().contains("version 99"), refused::getMessage);
    assertArrayEquals(log, image.bytes(Script.LOG));
  }

  @Test
  void fileThatIsNoLogIsRefused() {
    byte[] noise = new byte[100_000];
    random.nextBytes(noise);
    assertThrows(LogMissingException.class, () -> recover(with(closed, noise)));
  }

  @Test
  void segmentMissingIsRefusedAndNothingChanged() throws IOException {
    CrashDisk image = crashed.afterProcessCrash();
    byte[] segment = image.bytes(Script.ONE);
    image.delete(Script.ONE);
    assertThrows(SegmentMissingException.class, () -> recover(image));
    assertArrayEquals(crashed.bytes(Script.LOG), image.bytes(Script.LOG));
    image.put(Script.ONE, segment);
    recover(image);
    assertArrayEquals(states.get(COMMITS), image.bytes(Script.ONE));
  }

  @Test
  void segmentTooShortIsRefusedAndNothingChanged() {
    CrashDisk image = crashed.afterProcessCrash();
    image.put(Script.ONE, new byte[SIZE / 2]);
    assertThrows(SegmentTooShortException.class, () -> recover(image));
    assertArrayEquals(crashed.bytes(Script.LOG), image.bytes(Script.LOG));
    assertEquals(SIZE / 2, image.bytes(Script.ONE).length);
  }
}
