package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One performance of a {@link Scenario}: every JVM of it with the agent, or every one without. */
final class Stage {

  private final Room room;
  private final Jdk jdk;
  private final List<String> jvmOptions;
  private final Path directory;
  private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

  Stage(Room room, Jdk jdk, List<String> jvmOptions) throws IOException {
    this.room = room;
    this.jdk = jdk;
    this.jvmOptions = new ArrayList<>(jvmOptions);
    this.directory = room.empty("work");
  }

  /** Empty at the beginning, and of the same name in each performance: programs print paths. */
  Path directory() {
    return directory;
  }

  /** Whether this is the performance with the agent. */
  boolean hasAgent() {
    return !jvmOptions.isEmpty();
  }

  /** A program with the options of this performance. */
  JavaProgram program(Class<?> main) {
    return dressed(JavaProgram.of(jdk, main));
  }

  /** That program, with the options of this performance. */
  JavaProgram dressed(JavaProgram program) {
    return program.option(jvmOptions.toArray(new String[0])).in(directory);
  }

  RunningProgram start(JavaProgram program) throws IOException {
    return room.start(program);
  }

  /** Runs a program to its end, and keeps what it left to see. */
  Outcome run(JavaProgram program) throws IOException, InterruptedException {
    return ended(program.name(), room.start(program));
  }

  /** Waits for the end of a program, and keeps what it left to see. */
  Outcome ended(String name, RunningProgram program) throws InterruptedException {
    Outcome outcome = program.awaitExit();
    keep(name, outcome);
    return outcome;
  }

  void keep(String name, Outcome outcome) {
    outcomes.put(name, outcome);
  }

  Map<String, Outcome> outcomes() {
    return outcomes;
  }
}
