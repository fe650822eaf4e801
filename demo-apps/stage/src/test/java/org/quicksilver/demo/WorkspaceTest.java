package org.quicksilver.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nothing of the demo outlives it. */
@EnabledOnOs(OS.LINUX)
class WorkspaceTest {
  private final Report report = new Report(false);

  @Test
  void closeEndsEveryProcessAndRemovesEveryFile() throws Exception {
    Path directory;
    Child stubborn;
    try (Workspace workspace = Workspace.open(false, report)) {
      directory = workspace.directory("x").getParent();
      Files.writeString(directory.resolve("x").resolve("file"), "text");
      stubborn = shell(workspace, "trap '' TERM; echo ready; while :; do sleep 0.1; done");
      stubborn.awaitLine("(ready)");
    }
    assertFalse(stubborn.isAlive());
    assertFalse(Files.exists(directory));
  }

  @Test
  void stopDownToLeavesThoseStartedEarlier() {
    try (Workspace workspace = Workspace.open(false, report)) {
      Child first = shell(workspace, "exec sleep 100");
      Child second = shell(workspace, "exec sleep 100");
      workspace.stopDownTo(1);
      assertTrue(first.isAlive());
      assertFalse(second.isAlive());
    }
  }

  @Test
  void closedWorkspaceStartsNothing() {
    Workspace workspace = Workspace.open(false, report);
    workspace.close();
    assertThrows(DemoException.class, () -> shell(workspace, "exit 0"));
  }

  @Test
  void failedCommandShowsWhatItSaid() {
    try (Workspace workspace = Workspace.open(false, report)) {
      List<String> command = List.of("sh", "-c", "echo out; echo err >&2; exit 3");
      DemoException error =
          assertThrows(DemoException.class, () -> workspace.run("try", command, Map.of()));
      assertTrue(error.getMessage().startsWith("try ended with status 3"), error.getMessage());
      assertTrue(error.getMessage().contains("out\n    err"), error.getMessage());
      assertEquals("fine", workspace.run("try", List.of("echo", "fine"), Map.of()));
    }
  }

  @Test
  void processThatEndsByItselfWasNotKilled() {
    try (Workspace workspace = Workspace.open(false, report)) {
      Child killed = shell(workspace, "exec sleep 100");
      killed.kill();
      killed.awaitKilled();
      Child ended = shell(workspace, "exit 0");
      assertThrows(DemoException.class, ended::awaitKilled);
    }
  }

  private static Child shell(Workspace workspace, String script) {
    return workspace.start("shell", List.of("sh", "-c", script), Map.of());
  }
}
