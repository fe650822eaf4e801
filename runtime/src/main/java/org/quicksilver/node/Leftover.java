package org.quicksilver.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.quicksilver.handle.HandleRecord;

/**
 * What a dead JVM left on the machine: a temporary file or a child process, named by its
 * breadcrumb. Asks and acts on the operating system; stateless.
 */
final class Leftover {

  /**
   * A child was started before its breadcrumb was written; a process younger than that has only got
   * its number.
   */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private Leftover() {}

  /** Whether it is still there, and is the thing that the breadcrumb means. */
  static boolean isThere(HandleRecord handle) {
    return switch (handle.kind()) {
      case TEMP_FILE -> handle.exact() && file(handle).isPresent();
      case PROCESS -> process(handle).isPresent();
      case FILE,
          DIRECTORY,
          SOCKET,
          LISTENER,
          WINDOW,
          ARCHIVE,
          LOCK,
          MAPPING,
          WATCH_SERVICE,
          DATAGRAM,
          PIPE,
          SELECTOR,
          CHANNEL_GROUP,
          TRAY_ICON ->
          false;
    };
  }

  private static Optional<Path> file(HandleRecord handle) {
    try {
      Path path = Path.of(handle.what());
      boolean isMeant =
          path.isAbsolute()
              && Files.exists(path, LinkOption.NOFOLLOW_LINKS)
              && (handle.extra() == 0 || handle.extra() == inode(path));
      return isMeant ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException | IOException e) {
      return Optional.empty();
    }
  }

  /** Where files have no such number, 0: then the breadcrumb has none either. */
  private static long inode(Path path) throws IOException {
    try {
      return ((Number) Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS)).longValue();
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return 0;
    }
  }

  private static Optional<ProcessHandle> process(HandleRecord handle) {
    long pid = handle.extra();
    if (pid <= 1 || pid == ProcessHandle.current().pid() || ProcessTable.startMark(pid).isEmpty()) {
      return Optional.empty();
    }
    Instant latest = Instant.ofEpochMilli(handle.openedAtMillis()).plus(TOLERANCE);
    return ProcessTable.startedAt(pid)
        .filter(started -> !started.isAfter(latest))
        .flatMap(started -> ProcessHandle.of(pid));
  }

  /**
   * Deletes the file.
   *
   * @throws IOException if it cannot be deleted; a directory must be empty
   */
  static void delete(HandleRecord handle) throws IOException {
    Optional<Path> path = file(handle);
    if (path.isPresent()) {
      Files.delete(path.get());
    }
  }

  /** Asks the process to end, or makes it. */
  static void kill(HandleRecord handle, boolean forcibly) {
    process(handle)
        .ifPresent(
            process -> {
              if (forcibly) {
                process.destroyForcibly();
              } else {
                process.destroy();
              }
            });
  }
}
