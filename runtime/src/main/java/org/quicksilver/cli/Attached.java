package org.quicksilver.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quicksilver.config.Home;
import org.quicksilver.handle.BreadcrumbReader;

/**
 * Which JVMs have an agent, told by the breadcrumb files of a home: each agent has made its own
 * when it has started.
 */
final class Attached {

  private final Home home;

  Attached(Home home) {
    this.home = home;
  }

  boolean contains(long pid) {
    long startedAt = startedAt(pid);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home.breadcrumbs(), "*.crumbs")) {
      for (Path file : files) {
        if (isOf(file, pid, startedAt)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A file older than the process is that of an earlier one with the same number; one of an agent
   * that has left does not count.
   */
  private static boolean isOf(Path file, long pid, long startedAt) {
    try (BreadcrumbReader reader = BreadcrumbReader.open(file)) {
      return reader.pid() == pid && reader.createdAtMillis() >= startedAt && !reader.leaving();
    } catch (IOException e) {
      return false;
    }
  }

  private static long startedAt(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(instant -> instant.toEpochMilli() - 1000)
        .orElse(0L);
  }
}
