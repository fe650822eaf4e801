package org.quicksilver.handle;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a disk of a few hundred KiB, mounted for the test. */
final class BreadcrumbFullDiskTest {

  @TempDir Path directory;
  private boolean mounted;

  private void mount(String size) throws Exception {
    String why = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
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

  @Test
  void onAFullDiskSlotsAreNullAndComeBackWithRoom() throws Exception {
    mount("300k");
    try (CrumbFile crumbs = new CrumbFile(directory)) {
      Slot first = crumbs.writer.slotOfDescriptor(0);
      crumbs.open(first, 1, "/a");
      assertNotNull(crumbs.writer.takeSlot());
      assertFalse(crumbs.writer.isFull());

      assertNull(crumbs.writer.slotOfDescriptor(128));
      assertTrue(crumbs.writer.isFull());
      assertNull(crumbs.writer.slotOfDescriptor(256));
      assertEquals(0, crumbs.writer.intern("a stack"));
      crumbs.writer.describeProcess(5, "java", "");
      crumbs.open(crumbs.writer.slotOfDescriptor(127), 2, "/b");
      assertNotNull(crumbs.writer.takeSlot());
      assertEquals(List.of("/a", "/b"), crumbs.read().stream().map(HandleRecord::what).toList());

      assertEquals("", run("mount", "-o", "remount,size=4m", directory.toString()));
      Slot[] grown = {null};
      await().until(() -> (grown[0] = crumbs.writer.slotOfDescriptor(128)) != null);
      assertFalse(crumbs.writer.isFull());
      crumbs.open(grown[0], 3, "/c");
      assertNotEquals(0, crumbs.writer.intern("a stack"));
      assertEquals(3, crumbs.read().size());
    }
  }

  @Test
  void onAFullDiskNoFileIsCreatedAndNoneIsLeft() throws Exception {
    mount("64k");
    assertThrows(IOException.class, () -> new CrumbFile(directory).close());
    try (var files = Files.list(directory)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
