package org.quicksilver.memory.lrvm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.DiskFullException;
import org.quicksilver.memory.MemoryFailedException;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.RecoverableMemoryException;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;

/** Writes and forces that fail, writes of which a half is there, and a disk that is full. */
@Timeout(60)
class LrvmDiskFailureTest {

  private final CrashDisk disk = new CrashDisk();

  private Lrvm open() {
    if (!disk.has(Script.LOG)) {
      Lrvm.createLog(Script.options(disk), Script.LOG_LENGTH, LrvmCallsTest.MODE);
    }
    return Lrvm.initialize(Script.options(disk));
  }

  private static Region map(Lrvm memory) {
    return memory.map(new SegmentRange(Script.ONE, 0, Script.SIZE), RegionOptions.creating());
  }

  private static void commit(Lrvm memory, Region region, int value) {
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE);
    for (int at = 0; at < 800; at += 100) {
      transaction.setRange(region, at, 8);
      region.putLong(at, value);
    }
    transaction.endTransaction(CommitMode.FLUSH);
  }

  @Test
  void firstForceThatFailsIsTheLast() throws IOException {
    for (int after = 0; after < 30; after++) {
      fails(after, disk::failForceAfter);
    }
  }

  @Test
  void writeThatFailsHalfwayIsTheLast() throws IOException {
    for (int after = 0; after < 30; after++) {
      fails(after, disk::failWriteAfter);
    }
  }

  private interface Fault {
    void after(int successes);
  }

  private void fails(int after, Fault fault) throws IOException {
    Lrvm memory = open();
    Region region = map(memory);
    commit(memory, region, 1000);
    fault.after(after);
    int acknowledged = 1000;
    int tried = 1000;
    try {
      for (tried++; tried < 1200; tried++) {
        commit(memory, region, tried);
        acknowledged = tried;
      }
      memory.truncate();
    } catch (RecoverableMemoryException e) {
      assertTrue(e.getMessage().contains("Input/output error"), e::getMessage);
    }
    boolean poisoned = memory.health().isFailed();
    fault.after(Integer.MAX_VALUE);
    if (poisoned) {
      assertThrows(MemoryFailedException.class, memory::flush);
      assertThrows(MemoryFailedException.class, () -> memory.beginTransaction(RestoreMode.RESTORE));
    }
    memory.close();
    try (Lrvm again = open()) {
      long found = map(again).getLong(700);
      assertTrue(found >= acknowledged && found <= tried, acknowledged + " " + found);
    }
  }

  @Test
  void fullDiskLeavesNoLogBehind() {
    disk.capacity(50_000);
    assertThrows(
        DiskFullException.class,
        () -> Lrvm.createLog(Script.options(disk), 200_000, LrvmCallsTest.MODE));
    assertFalse(disk.has(Script.LOG));
  }

  @Test
  void fullDiskLeavesNoSegmentBehindAndTheMemoryUsable() {
    try (Lrvm memory = open()) {
      Region region = map(memory);
      disk.capacity(0);
      assertThrows(
          DiskFullException.class,
          () -> memory.map(new SegmentRange(Script.TWO, 0, 100_000), RegionOptions.creating()));
      assertFalse(disk.has(Script.TWO));
      for (int i = 0; i < 200; i++) {
        commit(memory, region, i);
      }
      assertTrue(memory.statistics().truncations() > 0);
    }
  }
}
