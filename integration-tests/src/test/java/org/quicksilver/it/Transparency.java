package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * "The application sees the same bytes, exceptions, return values and class loading with the agent
 * as without" ({@code design.md}, promise 1): plays a scenario twice and compares everything, byte
 * for byte.
 */
final class Transparency {

  private final Room room;
  private final Jdk jdk;
  private Agent agent;

  private Transparency(Room room, Jdk jdk) {
    this.room = room;
    this.jdk = jdk;
    this.agent = Agent.alone(room.home());
  }

  static Transparency of(Room room, Jdk jdk) {
    return new Transparency(room, jdk);
  }

  Transparency agent(Agent other) {
    agent = other;
    return this;
  }

  /**
   * Fails if anything differs, or if the agent was not there, or if it counted a fault of its own.
   */
  void holdsFor(Scenario scenario) throws Exception {
    Map<String, Outcome> without = play(scenario, List.of());
    Map<String, Outcome> with = play(scenario, List.of(agent.jvmOption()));
    assertSame(without, with);
    assertAgentWasThere(agent.home());
    assertNoFaults(agent.home());
  }

  private Map<String, Outcome> play(Scenario scenario, List<String> jvmOptions) throws Exception {
    Stage stage = new Stage(room, jdk, jvmOptions);
    scenario.play(stage);
    assertFalse(stage.outcomes().isEmpty(), "a scenario without an outcome");
    return stage.outcomes();
  }

  private static void assertSame(Map<String, Outcome> without, Map<String, Outcome> with) {
    assertEquals(without.keySet(), with.keySet());
    without.forEach((program, outcome) -> assertSame(program, outcome, with.get(program)));
  }

  static void assertSame(String program, Outcome without, Outcome with) {
    assertAll(
        () -> assertEquals(without.stdout(), with.stdout(), "standard output of " + program),
        () -> assertEquals(without.stderr(), with.stderr(), "standard error of " + program),
        () -> assertEquals(without.exitCode(), with.exitCode(), "exit code of " + program));
  }

  private static void assertAgentWasThere(Path home) {
    assertTrue(Files.exists(home.resolve("incarnation")), "no agent has run in " + home);
  }

  /** No hook threw: what the agents of a home swallow they write down. */
  static void assertNoFaults(Path home) throws IOException {
    Path log = home.resolve("agent.log");
    List<String> faults =
        Files.exists(log)
            ? Files.readAllLines(log).stream().filter(line -> line.contains("FAULT")).toList()
            : List.of();
    assertEquals(List.of(), faults);
  }
}
