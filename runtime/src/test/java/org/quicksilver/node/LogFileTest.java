package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node's log file. */
class LogFileTest {

  @TempDir Path directory;

  @Test
  void twoFilesOfBoundedSizeWhichOnlyTheOwnerMayRead() throws Exception {
    try (NodeLog log = new NodeLog(directory.resolve("node.log"))) {
      String line = "x".repeat(10_000);
      for (int i = 0; i < 1000; i++) {
        log.info(line);
      }
      log.error("the last", new IllegalStateException("with its trace"));
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        assertTrue(Files.size(file) <= 4 * 1024 * 1024, file.toString());
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    assertTrue(Files.exists(directory.resolve("node.log.1")));
    assertTrue(Files.readString(directory.resolve("node.log")).contains("with its trace"));
  }
}
