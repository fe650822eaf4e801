package legacy;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One of the programs in a process of its own, which ends with the test. */
final class LegacyProcess implements AutoCloseable {
  private final Process process;
  private final Path output;

  private LegacyProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static LegacyProcess start(Path directory, Class<?> program, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                "target" + File.separator + "classes",
                program.getName()));
    command.addAll(List.of(args));
    Path output = Files.createTempFile(directory, program.getSimpleName(), ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new LegacyProcess(process, output);
  }

  /**
   * Waits until the program has printed a line that starts so, and returns the rest of the line.
   */
  String awaitLine(String start) {
    return await(start)
        .atMost(Duration.ofSeconds(20))
        .failFast(() -> !process.isAlive() && lines(start).isEmpty())
        .until(() -> lines(start), found -> !found.isEmpty())
        .get(0);
  }

  private List<String> lines(String start) throws IOException {
    try (Stream<String> lines = Files.lines(output)) {
      return lines
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()).trim())
          .toList();
    }
  }

  String port() {
    return awaitLine("listening on");
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /** The targets of the descriptors of this process that start so, by the kernel's account. */
  List<String> open(String start) {
    List<String> open = new ArrayList<>();
    File[] descriptors = new File("/proc/" + process.pid() + "/fd").listFiles();
    for (File descriptor : descriptors == null ? new File[0] : descriptors) {
      try {
        String target = Files.readSymbolicLink(descriptor.toPath()).toString();
        if (target.startsWith(start)) {
          open.add(target);
        }
      } catch (IOException e) {
        // closed since it was listed
      }
    }
    return open;
  }

  /** The number of sockets of this process in the state CLOSE_WAIT. */
  long closeWait() throws IOException {
    List<String> inodes = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
        String[] columns = line.trim().split("\\s+");
        if (columns[3].equals("08")) {
          inodes.add("socket:[" + columns[9] + "]");
        }
      }
    }
    return open("socket:").stream().filter(inodes::contains).count();
  }

  void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes());
    process.getOutputStream().flush();
  }

  int awaitExit() throws InterruptedException {
    return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
