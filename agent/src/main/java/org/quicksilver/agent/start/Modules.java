package org.quicksilver.agent.start;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.track.JdkNeighbor;

/**
 * What the agent needs of the module system: packages of the JDK opened to the isolated loader's
 * unnamed module, and to no other, and the bridge defined in {@code java.lang}.
 */
final class Modules {

  private static final String BRIDGE = "java.lang.QuicksilverBridge";

  private Modules() {}

  private static @Nullable Class<?> bridge() {
    try {
      return Class.forName(BRIDGE, false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /**
   * Whether the bridge leads to an agent, not only to the null object that a failed start left
   * behind.
   */
  static boolean agentRuns() {
    Class<?> bridge = bridge();
    try {
      return bridge != null && bridge.getField("current").get(null).getClass() != bridge;
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Tells the agent of this JVM, which an earlier loader has loaded, to leave. */
  static void detach() throws IOException {
    Class<?> bridge = bridge();
    if (bridge == null || !agentRuns()) {
      throw new IOException("no agent runs in this JVM");
    }
    try {
      bridge.getMethod("detach").invoke(bridge.getField("current").get(null));
    } catch (ReflectiveOperationException e) {
      throw new IOException("the agent does not leave: " + e, e);
    }
  }

  private static final List<String> FOR_THE_AGENT =
      List.of(
          "java.lang",
          "java.io",
          "java.net",
          "java.nio.channels.spi",
          "java.util.concurrent",
          "java.util.zip",
          "sun.nio.ch",
          "sun.nio.fs");

  /** What the manifest opens for Chronicle Map when the node is a program of its own. */
  private static final List<String> FOR_A_NODE =
      List.of("java.lang.reflect", "jdk.internal.ref", "jdk.internal.util", "jdk.internal.misc");

  /** Opens what the agent needs, and a node if there is to be one in this JVM. */
  static void open(Instrumentation instrumentation, boolean withNode) {
    Set<Module> ours = Set.of(Modules.class.getModule());
    Map<String, Set<Module>> opens = new HashMap<>();
    for (String name : FOR_THE_AGENT) {
      opens.put(name, ours);
    }
    if (withNode) {
      for (String name : FOR_A_NODE) {
        opens.put(name, ours);
      }
    }
    instrumentation.redefineModule(
        Object.class.getModule(), Set.of(), Map.of(), opens, Set.of(), Map.of());
  }

  static void defineBridge() throws IOException {
    JdkNeighbor.define(BRIDGE, Object.class);
  }
}
