package org.quicksilver.benchmark;

import java.nio.file.Path;
import java.util.List;

/** With the agent or without. */
enum Variant {
  /** The JVM as it is. */
  NONE,
  /** The agent without opening stacks. */
  STACK_OFF,
  /** The agent as it comes: opening stacks are kept. */
  STACK_ON;

  /** JVM arguments; the node is a process of its own and runs already. */
  List<String> arguments(Path agent, Path home) {
    String option = "-javaagent:" + agent + "=home=" + home;
    return switch (this) {
      case NONE -> List.of();
      case STACK_OFF -> List.of(option + ",stack=off");
      case STACK_ON -> List.of(option);
    };
  }
}
