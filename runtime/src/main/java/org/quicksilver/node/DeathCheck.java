package org.quicksilver.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a JVM is dead, by the kernel's word and no timeout: its process is gone or a corpse or
 * another one of the same number, and the lock on its breadcrumbs is free. Stateless.
 */
final class DeathCheck {

  /** A file is made after its process has started; clocks are compared with this tolerance. */
  private static final long TOLERANCE_MILLIS = 2000;

  private DeathCheck() {}

  /**
   * Looks now. One whose agent has left counts as dead although it runs: it said that it leaves,
   * and gave its lock back. Also notes the start mark of a process seen alive for the first time.
   */
  static boolean isDead(Jvm jvm) {
    return !jvm.isOurs() && (!isRunning(jvm) || jvm.isLeaving()) && isUnlocked(jvm.file());
  }

  private static boolean isRunning(Jvm jvm) {
    Optional<Long> mark = ProcessTable.startMark(jvm.pid());
    if (mark.isEmpty()) {
      return false;
    }
    if (jvm.startMark() == 0 && !isYoungerThanItsFile(jvm)) {
      jvm.startMark(mark.get());
    }
    return mark.get() == jvm.startMark();
  }

  private static boolean isYoungerThanItsFile(Jvm jvm) {
    return ProcessTable.startedAt(jvm.pid())
        .map(Instant::toEpochMilli)
        .filter(started -> started > jvm.crumbs().createdAtMillis() + TOLERANCE_MILLIS)
        .isPresent();
  }

  /**
   * Whether nobody holds the lock. Never to be asked about a file of our own process: closing the
   * channel opened for the test would release the lock.
   */
  static boolean isUnlocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException e) {
      return true;
    } catch (OverlappingFileLockException | IOException e) {
      return false;
    }
  }
}
