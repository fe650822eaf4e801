package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.log.Writings.FILES;
import static org.quicksilver.log.Writings.SMALL;
import static org.quicksilver.log.Writings.TM;
import static org.quicksilver.log.Writings.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LogManagerTest {

  @TempDir Path directory;

  private LogManager open() throws IOException {
    return LogManager.open(DirectoryStorage.of(directory), SMALL);
  }

  private static List<String> read(LogManager log, LogParticipant participant) throws IOException {
    List<String> texts = new ArrayList<>();
    log.read(participant, Lsn.NONE, entry -> texts.add(Writings.text(entry)));
    return texts;
  }

  private static void close(ExecutorService threads) {
    threads.shutdownNow();
  }

  @Test
  void whatIsForcedIsThereAfterARestart() throws IOException {
    try (LogManager log = open()) {
      log.append(FILES, bytes("undo"));
      long lsn = log.append(TM, bytes("commit"));
      log.force(lsn);
      assertEquals(lsn, log.forced());
    }
    try (LogManager log = open()) {
      assertEquals(List.of("undo"), read(log, FILES));
      assertEquals(List.of("commit"), read(log, TM));
    }
  }

  @Test
  void manyThreadsShareForces() throws Exception {
    int callers = 16;
    int each = 200;
    CountingStorage storage = new CountingStorage(DirectoryStorage.of(directory));
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try (LogManager log = LogManager.open(storage, LogLimits.USUAL)) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        LogParticipant participant = new LogParticipant("p" + i);
        done.add(threads.submit(() -> forceMany(log, participant, each)));
      }
      for (Future<?> future : done) {
        future.get();
      }
      int forces = storage.forces();
      assertTrue(forces < callers * each / 2, "forces: " + forces);
      for (int i = 0; i < callers; i++) {
        assertEquals(each, read(log, new LogParticipant("p" + i)).size());
      }
    } finally {
      close(threads);
    }
    try (LogManager log = open()) {
      assertEquals(each, read(log, new LogParticipant("p7")).size());
    }
  }

  private static void forceMany(LogManager log, LogParticipant participant, int number) {
    for (int i = 0; i < number; i++) {
      log.force(log.append(participant, bytes(participant + " " + i)));
      assertTrue(log.forced() > 0);
    }
  }

  @Test
  void whoComesWhileAGroupIsForcedGoesIntoTheNextTogether() throws Exception {
    CountingStorage storage = new CountingStorage(DirectoryStorage.of(directory));
    try (LogManager log = LogManager.open(storage, LogLimits.USUAL)) {
      int before = storage.forces();
      storage.gate(new Semaphore(0));
      CompletableFuture<Void> first = log.forceLater(log.append(TM, bytes("first")));
      storage.awaitForce();
      List<CompletableFuture<Void>> others = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        others.add(log.forceLater(log.append(TM, bytes("other " + i))));
      }
      assertFalse(first.isDone());
      storage.open();
      CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get();
      assertTrue(first.isDone());
      assertEquals(before + 2, storage.forces());
    }
  }

  @Test
  void anInterruptReachesTheCallerAfterwardsAndNeverTheFile() throws Exception {
    CountingStorage storage = new CountingStorage(DirectoryStorage.of(directory));
    try (LogManager log = LogManager.open(storage, LogLimits.USUAL)) {
      storage.gate(new Semaphore(0));
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      long lsn = log.append(TM, bytes("a"));
      Thread caller =
          new Thread(
              () -> {
                log.force(lsn);
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      caller.start();
      storage.awaitForce();
      caller.interrupt();
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("quicksilver-log"))
          .forEach(Thread::interrupt);
      assertFalse(interrupted.isDone());
      storage.open();
      assertTrue(interrupted.get());
      log.force(log.append(TM, bytes("b")));
      assertEquals(List.of("a", "b"), read(log, TM));
    }
  }

  @Test
  void anInterruptedThreadCanUseTheWholeLog() throws IOException {
    Thread.currentThread().interrupt();
    try (LogManager log = open()) {
      for (int i = 0; i < 100; i++) {
        log.append(TM, bytes("x".repeat(1000)));
      }
      log.checkpoint(FILES, log.append(FILES, bytes("y")));
      log.force(log.append(TM, bytes("z")));
      assertEquals(101, read(log, TM).size());
    } finally {
      assertTrue(Thread.interrupted());
    }
    try (LogManager log = open()) {
      assertEquals(101, read(log, TM).size());
    }
  }

  @Test
  void theFirstFailedForceIsToldToAllWhoWaitAndToAllWhoCome() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    LogManager log = LogManager.open(disk, SMALL);
    log.force(log.append(TM, bytes("acknowledged")));
    disk.failForceAfter(0);
    long lsn = log.append(TM, bytes("lost"));
    CompletableFuture<Void> waiting = log.forceLater(lsn);
    assertTrue(
        assertThrows(ExecutionException.class, waiting::get).getCause()
            instanceof LogFailedException);
    LogFailedException e = assertThrows(LogFailedException.class, () -> log.force(lsn));
    assertTrue(e.getMessage().contains("Input/output error"), e.getMessage());
    assertThrows(LogFailedException.class, () -> log.append(TM, bytes("more")));
    assertThrows(LogFailedException.class, () -> log.read(TM, 0, entry -> {}));
    assertThrows(LogFailedException.class, () -> log.checkpoint(TM, lsn));
    assertTrue(log.forceLater(lsn).isCompletedExceptionally());
    log.close();
    LogManager again = LogManager.open(disk.afterPowerFailure(versions -> 0), SMALL);
    assertEquals(List.of("acknowledged"), read(again, TM));
    again.close();
  }

  @Test
  void aClosedLogSaysSo() throws IOException {
    LogManager log = open();
    long lsn = log.append(TM, bytes("a"));
    log.close();
    log.close();
    log.force(lsn);
    LogFailedException e = assertThrows(LogFailedException.class, () -> log.append(TM, bytes("b")));
    assertEquals("the log is closed", e.getMessage());
  }

  @Test
  void whatIsAppendedIsWrittenInTheBackground() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    LogManager log = LogManager.open(disk, SMALL);
    log.write(log.append(TM, bytes("written")));
    assertEquals(1, disk.forces(), "only that of the opening");
    ForcedLog copy = ForcedLog.open(disk.afterPowerFailure(versions -> versions - 1), SMALL);
    assertEquals(List.of("written"), Writings.read(copy, TM));
    log.close();
  }

  @Test
  void unforcedRecordsReachTheFileByThemselves() throws IOException {
    try (LogManager log = open()) {
      log.append(TM, bytes("by itself"));
      org.awaitility.Awaitility.await()
          .until(
              () -> {
                byte[] file = Files.readAllBytes(directory.resolve("0000000001.log"));
                return new String(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains("by itself");
              });
    }
  }

  @Test
  void moreThanMemoryHoldsIsAppendedAndForced() throws IOException {
    LogLimits much = new LogLimits(64 * 1024, 64 << 20, 8192);
    try (LogManager log = LogManager.open(DirectoryStorage.of(directory), much)) {
      long last = 0;
      for (int i = 0; i < 20_000; i++) {
        last = log.append(TM, bytes(i + " of many, which is some hundred bytes long"));
      }
      log.force(last);
      assertEquals(20_000, read(log, TM).size());
    }
  }

  @Test
  void aFullLogRefusesAndACheckpointMakesRoom() throws IOException {
    LogLimits tiny = new LogLimits(8192, 4 * 8192, 8192);
    try (LogManager log = LogManager.open(DirectoryStorage.of(directory), tiny)) {
      List<String> accepted = new ArrayList<>();
      LogFullException full =
          assertThrows(
              LogFullException.class,
              () -> {
                for (int i = 0; i < 1000; i++) {
                  String text = i + "f".repeat(400);
                  log.append(TM, bytes(text));
                  accepted.add(text);
                }
              });
      assertTrue(full.getMessage().contains("participant tm holds"), full.getMessage());
      assertEquals(accepted, read(log, TM));
      log.force(log.forced());
      List<LogEntry> entries = new ArrayList<>();
      log.read(TM, Lsn.NONE, entries::add);
      log.checkpoint(TM, entries.get(entries.size() - 1).lsn());
      log.force(entries.get(entries.size() - 1).lsn());
      org.awaitility.Awaitility.await().until(() -> accepts(log));
    }
  }

  private static boolean accepts(LogManager log) {
    try {
      log.force(log.append(TM, bytes("room again")));
      return true;
    } catch (LogFullException e) {
      return false;
    }
  }

  @Test
  void callersWaitingForRoomAreAllRefusedWhenTheDiskIsFull() throws Exception {
    SimulatedDisk disk = new SimulatedDisk();
    disk.capacity(2 * 8192);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CountDownLatch refused = new CountDownLatch(4);
    try (LogManager log = LogManager.open(disk, SMALL)) {
      for (int i = 0; i < 4; i++) {
        threads.execute(
            () -> {
              assertThrows(LogFullException.class, () -> appendForEver(log));
              refused.countDown();
            });
      }
      refused.await();
    } finally {
      close(threads);
    }
    assertTrue(LogVerification.of(disk).problem().isEmpty());
  }

  private static void appendForEver(LogManager log) {
    while (true) {
      log.append(TM, bytes("x".repeat(100)));
    }
  }

  @Test
  void aNumberNotGivenYetCannotBeForced() throws IOException {
    try (LogManager log = open()) {
      assertThrows(IllegalArgumentException.class, () -> log.force(1L << 50));
    }
  }

  @Test
  void aDamagedLogIsNotOpened() throws IOException {
    open().close();
    Path file = directory.resolve("0000000001.log");
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] ^= 1;
    Files.write(file, bytes);
    assertThrows(LogDamagedException.class, this::open);
  }

  @Test
  void aReaderMayUseTheLogMeanwhile() throws IOException {
    try (LogManager log = open()) {
      log.append(TM, bytes("a"));
      log.read(TM, Lsn.NONE, entry -> log.force(log.append(FILES, entry.payload())));
      assertEquals(List.of("a"), read(log, FILES));
    }
  }

  @Test
  void aFutureThatFailsNamesTheReason() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    LogManager log = LogManager.open(disk, SMALL);
    disk.losePowerAfter(0);
    CompletableFuture<Void> later = log.forceLater(log.append(TM, bytes("a")));
    CompletionException e = assertThrows(CompletionException.class, later::join);
    assertTrue(e.getCause().getMessage().contains("may be lost"), e.getCause().getMessage());
  }
}
