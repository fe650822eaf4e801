package org.quicksilver.benchmark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The Java this runs on, for the programs it starts. */
final class Java {

  private Java() {}

  static String command() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static String ownClasses() {
    try {
      return Path.of(Java.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a node and waits until it runs. */
  static Process node(Path agent, Path home) throws IOException {
    Process node =
        new ProcessBuilder(command(), "-jar", agent.toString(), "node", "--home", home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (node.inputReader().readLine() == null) {
      throw new IOException("the node did not start");
    }
    return node;
  }
}
