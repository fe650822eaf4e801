package org.quicksilver.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a program under measurement runs with. */
enum Variant {
  /** The JVM as it is. */
  NONE,
  /** The agent without opening stacks. */
  STACK_OFF,
  /** The agent as it comes: opening stacks are kept. */
  STACK_ON,
  /** Somebody else's agent. */
  PEER;

  /** JVM arguments; the node is a process of its own and runs already. */
  List<String> arguments(Path agent, Path home, @Nullable Path peer) {
    String option = "-javaagent:" + agent + "=home=" + home;
    return switch (this) {
      case NONE -> List.of();
      case STACK_OFF -> List.of(option + ",stack=off");
      case STACK_ON -> List.of(option);
      case PEER -> List.of("-javaagent:" + peer);
    };
  }

  /** All of them; the peer only where there is one. */
  static List<Variant> with(@Nullable Path peer) {
    return peer == null ? List.of(NONE, STACK_OFF, STACK_ON) : List.of(values());
  }
}
