package org.quicksilver.log;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts {@link StoreChild} as a node is started: with the flags of our own command line and with
 * what the manifest opens.
 */
final class ChildJvm {

  static final List<String> FLAGS =
      List.of(
          "-Dsun.misc.unsafe.memory.access=allow",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.util=ALL-UNNAMED");

  private ChildJvm() {}

  static ProcessBuilder of(List<String> flags, Path directory, int round) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(flags);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp"));
    command.add(
        System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(StoreChild.class.getName(), directory.toString(), "" + round));
    return new ProcessBuilder(command);
  }

  static String run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    return "exit " + process.waitFor() + "\n" + output;
  }
}
