package org.quicksilver.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Every process that was started, so that none outlives the tests, whatever happens to them. */
final class Processes {

  private static final Queue<Process> STARTED = new ConcurrentLinkedQueue<>();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> STARTED.forEach(Process::destroyForcibly)));
  }

  private Processes() {}

  static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    STARTED.removeIf(earlier -> !earlier.isAlive());
    STARTED.add(process);
    return process;
  }

  /**
   * Those whose command line has this argument: a node is no child of ours, but names our home.
   * Read from {@code /proc}, for {@link ProcessHandle} shows no long command lines.
   */
  static List<ProcessHandle> withArgument(String argument) {
    return ProcessHandle.allProcesses()
        .filter(process -> arguments(process.pid()).anyMatch(argument::equals))
        .toList();
  }

  private static Stream<String> arguments(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      return Arrays.stream(new String(bytes, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
