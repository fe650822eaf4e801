package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.ExitCode;

/**
 * What a program loads before it begins, with a warm cache. Classes are most of what a start costs,
 * and unlike times they can be counted on a busy machine: a class spun at run time takes a newer
 * JDK a millisecond, one of ours a third of that.
 */
class StartIT {

  private static final int MOST_LOADED = 800;

  @RegisterExtension final Room room = new Room();

  private LoadedClasses start(Jdk jdk, String... options) throws Exception {
    Path log = room.directory().resolve("loaded");
    JavaProgram program = JavaProgram.of(jdk, ExitCode.class).option(options).arguments("0");
    assertEquals(0, room.run(program.option(LoadedClasses.jvmOption(log))).exitCode());
    return LoadedClasses.read(log, ExitCode.class);
  }

  private LoadedClasses warmStart(Jdk jdk) throws Exception {
    String agent = Agent.linked(room.home()).jvmOption();
    start(jdk, agent);
    return start(jdk, agent);
  }

  /** What is spun is so by the JDK; a few more than were counted, for other updates of it. */
  private static int mostSpun(Jdk jdk) {
    return switch (jdk.feature()) {
      case 17 -> 18;
      // Maps a file by reflection, which takes it thirty.
      case 21 -> 53;
      default -> 18;
    };
  }

  /** All from one start: it takes two programs and a node. */
  @OnEachJdk
  void theAgentLoadsFewClassesHasFewSpunAndItsOwnAreInOnePiece(Jdk jdk) throws Exception {
    LoadedClasses plain = start(jdk);
    LoadedClasses more = warmStart(jdk).but(plain);
    assertAll(
        () -> assertFewAreSpun(more.spun(), mostSpun(jdk)),
        () -> assertFewAreLoaded(more),
        () -> assertInOnePiece(more.ours()));
  }

  private static void assertFewAreSpun(LoadedClasses spun, int most) {
    assertTrue(
        spun.number() <= most,
        () ->
            spun.number()
                + " classes are spun before a program begins, not at most "
                + most
                + "; use no lambdas, streams and reflection where the agent starts: "
                + spun);
  }

  private static void assertFewAreLoaded(LoadedClasses more) {
    assertTrue(
        more.number() <= MOST_LOADED,
        () ->
            more.number() + " classes are loaded for the agent, not at most " + MOST_LOADED + more);
  }

  private static void assertInOnePiece(LoadedClasses ours) throws IOException {
    Set<String> missing = new TreeSet<>(ours.names());
    StartClasses.of(Places.quicksilver()).forEach(missing::remove);
    assertEquals(Set.of(), missing, "add them to agent/src/build/start.classes");
  }
}
