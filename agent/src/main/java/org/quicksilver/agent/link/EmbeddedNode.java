package org.quicksilver.agent.link;

import java.io.IOException;
import org.quicksilver.config.Settings;
import org.quicksilver.node.Node;
import org.quicksilver.node.RuntimeModules;

/**
 * A node in the application's own JVM: for a container with one JVM. Loaded only when wanted; dies
 * with the application.
 */
final class EmbeddedNode {

  private EmbeddedNode() {}

  /**
   * Starts it; its threads are our own, as the calling thread is.
   *
   * @throws IOException if it cannot be started, or another process runs one for this home
   */
  @SuppressWarnings("MustBeClosedChecker")
  static void start(Settings settings) throws IOException {
    RuntimeModules.check();
    Node.start(settings);
  }
}
