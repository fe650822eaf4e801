package org.quicksilver.it.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How a server says where it listens without printing it: what is printed is compared. */
final class PortFile {

  private PortFile() {}

  /** Whole or not at all. */
  static void write(Path file, int port) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(aside, Integer.toString(port));
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
