package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeStoreProcessTest {

  private static final String NO_COMPILER =
      "--limit-modules=java.base,java.compiler,java.logging,java.management,java.naming,jdk.unsupported";

  @TempDir Path directory;

  @Test
  void itPrintsNothing() throws Exception {
    assertEquals("exit 0\nready\n", run(ChildJvm.FLAGS));
  }

  @Test
  void itNeedsNoCompiler() throws Exception {
    List<String> flags = new ArrayList<>(ChildJvm.FLAGS);
    flags.add(NO_COMPILER);
    assertEquals("exit 0\nready\n", run(flags));
  }

  /** Started by hand from the jar there is no flag, but its manifest opens this package, too. */
  @Test
  void itPrintsNothingWithoutTheFlagForUnsafe() throws Exception {
    List<String> flags = new ArrayList<>(ChildJvm.FLAGS);
    flags.remove("-Dsun.misc.unsafe.memory.access=allow");
    flags.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
    assertEquals("exit 0\nready\n", run(flags));
  }

  /** Lists the properties files that Chronicle would read from the working directory. */
  @Test
  void itReadsNoPropertiesFileOfTheWorkingDirectory() throws Exception {
    java.nio.file.Files.writeString(
        directory.resolve("system.properties"), "jvm.resource.tracing=true\n");
    ProcessBuilder child = ChildJvm.of(ChildJvm.FLAGS, directory.resolve("store"), 0);
    assertEquals("exit 0\nready\n", ChildJvm.run(child.directory(directory.toFile())));
  }

  private String run(List<String> flags) throws Exception {
    return ChildJvm.run(ChildJvm.of(flags, directory.resolve("store"), 0));
  }
}
