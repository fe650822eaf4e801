package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what a subject has written with its {@code PortFile}. */
final class PortFiles {

  private PortFiles() {}

  /** Waits until the server listens, and returns its port. */
  static String await(Path file, RunningProgram server) throws IOException {
    Patience.until("the port of " + server)
        .failFast(() -> !server.isAlive())
        .until(() -> Files.exists(file));
    return Files.readString(file);
  }
}
