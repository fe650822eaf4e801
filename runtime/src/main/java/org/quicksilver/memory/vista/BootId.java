package org.quicksilver.memory.vista;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Names one run of the machine's kernel: what the file cache held in another run is gone.
 *
 * @param value as the kernel gives it
 */
record BootId(UUID value) {

  private static final Path SOURCE = Path.of("/proc/sys/kernel/random/boot_id");

  /**
   * That of this machine now.
   *
   * @throws IOException if the kernel does not tell; without it nobody could say after a crash
   *     whether the machine had died too
   */
  static BootId current() throws IOException {
    try {
      return new BootId(UUID.fromString(Files.readString(SOURCE).strip()));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("Vista needs Linux: " + SOURCE + " cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
