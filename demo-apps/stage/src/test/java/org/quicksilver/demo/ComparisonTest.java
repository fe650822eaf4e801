package org.quicksilver.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** When the demo says that all was as promised, and when not. */
@EnabledOnOs(OS.LINUX)
class ComparisonTest {
  private static final Held SOME = new Held(2, 2, 0, 0);
  private static final Held SOME_LATER = new Held(2, 2, 1, 0);

  private Workspace workspace;
  private Server server;

  @BeforeEach
  void openWorkspace() {
    workspace = Workspace.open(false, new Report(false));
    Child child = workspace.start("Server", List.of("sh", "-c", "exec sleep 100"), Map.of());
    server = new Server(child, 0, false);
  }

  @AfterEach
  void closeWorkspace() {
    workspace.close();
  }

  @Test
  void goneWithAndThereWithoutIsAsPromised() {
    assertEquals(List.of(), broken(observed(SOME, Held.NOTHING), observed(SOME, SOME_LATER)));
  }

  @Test
  void leftWithTheAgentIsNot() {
    assertBroken(
        observed(SOME, new Held(0, 1, 0, 0)), observed(SOME, SOME), "still holds 1 socket");
  }

  @Test
  void goneWithoutTheAgentIsNot() {
    assertBroken(observed(SOME, Held.NOTHING), observed(SOME, Held.NOTHING), "then nothing");
  }

  @Test
  void nothingHeldAtAllProvesNothing() {
    Observation empty = observed(Held.NOTHING, Held.NOTHING);
    assertBroken(empty, empty, "held nothing, then nothing");
  }

  @Test
  void agentThatChangesWhatIsHeldIsNot() {
    Held more = new Held(3, 2, 0, 0);
    assertBroken(
        observed(more, Held.NOTHING), observed(SOME, SOME), "before the kill Server held 3");
  }

  @Test
  void promiseBrokenOnTheWayIsNot() {
    Observation run = new Observation(Map.of(), Map.of(), Duration.ZERO, List.of("no audit"));
    assertTrue(broken(run, observed(SOME, SOME)).contains("no audit"));
  }

  private void assertBroken(Observation with, Observation without, String message) {
    List<String> broken = broken(with, without);
    assertEquals(1, broken.size(), broken::toString);
    assertTrue(broken.get(0).contains(message), broken::toString);
  }

  private List<String> broken(Observation with, Observation without) {
    return new Comparison(Optional.of(with), Optional.of(without), new Report(false))
        .brokenPromises();
  }

  private Observation observed(Held before, Held after) {
    return new Observation(
        Map.of(server, before), Map.of(server, after), Duration.ofSeconds(1), List.of());
  }
}
