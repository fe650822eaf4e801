package org.quicksilver.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BreadcrumbKillTest {

  private static final int ROUNDS = Integer.getInteger("quicksilver.test.kills", 15);

  @TempDir Path directory;

  @Test
  void killedAtAnyMomentItLeavesOnlyWholeRecords() {
    Seed.run(
        random -> {
          int records = 0;
          for (int round = 0; round < ROUNDS; round++) {
            Path file = directory.resolve(round + ".crumbs");
            long pid = killAfter(file, random.nextLong(), 1 + random.nextInt(200));
            records += read(file, pid);
          }
          assertTrue(records > ROUNDS, "too little was written");
        });
  }

  @Test
  void killedWhileItCreatesTheFileItLeavesAWholeOneOrOneThatIsRefused() {
    Seed.run(
        random -> {
          for (int round = 0; round < 4; round++) {
            Path file = directory.resolve(round + ".crumbs");
            killAfter(file, random.nextLong(), 0);
            if (Files.exists(file)) {
              try {
                CrumbFile.read(file).forEach(Numbered::check);
              } catch (BreadcrumbsRefusedException e) {
                assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
              }
            }
          }
        });
  }

  @Test
  void theLockIsHeldAsLongAsTheProcessLives() throws Exception {
    Path file = directory.resolve("locked.crumbs");
    Process child = CrumbChild.start(file, 1);
    try (BufferedReader reader = child.inputReader()) {
      assertEquals("begin", reader.readLine());
      assertEquals("ready", reader.readLine());
      assertNull(tryLock(file));
    } finally {
      kill(child);
    }
    FileLock lock = tryLock(file);
    assertNotNull(lock);
    lock.channel().close();
  }

  private static FileLock tryLock(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
    }
    return lock;
  }

  private static long killAfter(Path file, long seed, int lines) throws Exception {
    Process child = CrumbChild.start(file, seed);
    try (BufferedReader reader = child.inputReader()) {
      assertEquals("begin", reader.readLine());
      if (lines > 0) {
        assertEquals("ready", reader.readLine());
      }
      for (int i = 1; i < lines; i++) {
        assertNotNull(reader.readLine(), "the child has stopped by itself");
      }
    } finally {
      kill(child);
    }
    return child.pid();
  }

  private static void kill(Process child) throws InterruptedException {
    child.destroyForcibly();
    assertTrue(child.waitFor(10, TimeUnit.SECONDS));
  }

  private static int read(Path file, long pid) throws IOException {
    int[] records = {0};
    try (BreadcrumbReader reader = BreadcrumbReader.open(file)) {
      assertEquals(CrumbFile.NODE, reader.node());
      assertEquals(CrumbFile.INCARNATION, reader.incarnation());
      assertEquals(pid, reader.pid());
      assertFalse(reader.leaving());
      reader.forEach(
          record -> {
            Numbered.check(record);
            records[0]++;
          });
      assertEquals(0, reader.damaged());
    }
    return records[0];
  }
}
