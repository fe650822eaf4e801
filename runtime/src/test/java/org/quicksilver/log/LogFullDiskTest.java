package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a disk of a few hundred KiB, mounted for the test. */
final class LogFullDiskTest {

  private static final LogLimits LIMITS = new LogLimits(64 * 1024, 16 << 20, 16 * 1024);

  @TempDir Path directory;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    String why = run("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", directory.toString());
    mounted = why.isEmpty();
    assumeTrue(mounted, "a small disk can only be mounted by root: " + why);
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertEquals("", run("umount", "-l", directory.toString()));
    }
  }

  private static String run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      return process.waitFor() == 0 ? "" : output;
    } catch (IOException e) {
      return e.toString();
    }
  }

  private LogManager open() throws IOException {
    return LogManager.open(DirectoryStorage.of(directory), LIMITS);
  }

  @Test
  void onAFullDiskRecordsAreRefusedNoneIsLostAndItGoesOnWithRoom() throws IOException {
    List<String> accepted = new ArrayList<>();
    Path other = directory.resolve("other");
    Files.write(other, new byte[70_000]);
    try (LogManager log = open()) {
      LogFullException full =
          assertThrows(LogFullException.class, () -> appendForEver(log, accepted));
      assertTrue(full.getMessage().contains("No space left"), full.getMessage());
      log.force(log.forced());
      assertEquals(accepted, read(log));
      Files.delete(other);
      append(log, accepted, "room again");
    }
    try (LogManager log = open()) {
      assertEquals(accepted, read(log));
    }
    assertTrue(Files.list(directory).noneMatch(file -> file.toString().endsWith(".new")));
  }

  private static void appendForEver(LogManager log, List<String> accepted) {
    while (true) {
      append(log, accepted, accepted.size() + "d".repeat(500));
    }
  }

  private static void append(LogManager log, List<String> accepted, String text) {
    log.append(Writings.TM, Writings.bytes(text));
    accepted.add(text);
  }

  private static List<String> read(LogManager log) throws IOException {
    List<String> texts = new ArrayList<>();
    log.read(Writings.TM, Lsn.NONE, entry -> texts.add(Writings.text(entry)));
    return texts;
  }

  @Test
  void withoutRoomForItsFirstSegmentItDoesNotOpenAndLeavesNothing() throws IOException {
    Path other = directory.resolve("other");
    Files.write(other, new byte[270_000]);
    assertThrows(IOException.class, this::open);
    Files.delete(other);
    open().close();
  }
}
