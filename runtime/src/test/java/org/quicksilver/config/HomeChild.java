package org.quicksilver.config;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * A process that waits for a line, makes a home its own, and prints node ID, secret and the
 * incarnations it got.
 */
final class HomeChild {

  static final int INCARNATIONS = 50;

  private HomeChild() {}

  static Process start(Path home) throws IOException {
    return new ProcessBuilder(
            List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx32m",
                "-cp",
                System.getProperty(
                    "surefire.real.class.path", System.getProperty("java.class.path")),
                HomeChild.class.getName(),
                home.toString()))
        .redirectErrorStream(true)
        .start();
  }

  /** Argument: the home. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("ready");
    if (System.in.read() < 0) {
      return;
    }
    Home home = new Home(Path.of(arguments[0])).create();
    System.out.println(Long.toHexString(home.nodeId()));
    System.out.println(HexFormat.of().formatHex(home.secret()));
    for (int i = 0; i < INCARNATIONS; i++) {
      System.out.println(home.nextIncarnation());
    }
  }
}
