package org.quicksilver.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a process holds, seen from outside. */
@EnabledOnOs(OS.LINUX)
class HeldTest {
  @Test
  void filesOfTheDirectoryCountAndOthersDoNot() throws Exception {
    try (Workspace workspace = Workspace.open(false, new Report(false))) {
      Path files = workspace.directory("files");
      Path other = workspace.directory("files-of-others");
      Files.writeString(files.resolve("a"), "");
      Files.writeString(other.resolve("b"), "");
      String script = "exec 3<" + files + "/a 4<" + other + "/b; echo open; exec sleep 100";
      Child child = workspace.start("shell", List.of("sh", "-c", script), Map.of());
      child.awaitLine("(open)");
      assertEquals(new Held(1, 0, 0, 0), Held.by(new Server(child, 0, false), files, Set.of()));
    }
  }

  @Test
  void deadServerHoldsNothingAndThatIsAnError() {
    try (Workspace workspace = Workspace.open(false, new Report(false))) {
      Child child = workspace.start("shell", List.of("sh", "-c", "exec sleep 100"), Map.of());
      child.stop();
      Server dead = new Server(child, 0, false);
      assertThrows(DemoException.class, () -> Held.by(dead, Path.of("/tmp"), Set.of()));
    }
  }

  @Test
  void wordsForWhatIsHeld() {
    assertEquals("nothing", Held.NOTHING.toString());
    assertEquals("2 files, 1 socket, 1 window", new Held(2, 1, 1, 1).toString());
  }
}
