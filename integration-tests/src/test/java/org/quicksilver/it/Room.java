package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The place of one test: a directory with a home of Quicksilver in it, and the programs it starts.
 * When the test ends they are killed, with the node of the home. The directory stays for who wants
 * to know why the test failed.
 */
final class Room implements BeforeEachCallback, AfterEachCallback {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final List<RunningProgram> programs = new ArrayList<>();
  private final List<ProcessHandle> adopted = new ArrayList<>();
  private final AtomicInteger outputs = new AtomicInteger();
  private Path directory = Path.of("");
  private long began;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    began = System.nanoTime();
    // Short: the path of a Unix-domain socket has at most some 100 bytes.
    directory = Places.rooms().resolve(Integer.toString(NUMBERS.incrementAndGet()));
    wipe(directory);
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("test"), name(context) + "\n");
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    for (RunningProgram program : programs) {
      program.kill();
    }
    adopted.forEach(ProcessHandle::destroyForcibly);
    killNodes();
    long millis = (System.nanoTime() - began) / 1_000_000;
    String result = context.getExecutionException().isPresent() ? "FAILED" : "ok";
    System.out.printf("%6d ms  %s  %s%n", millis, result, name(context));
  }

  private static String name(ExtensionContext context) {
    String method = context.getRequiredTestMethod().getName();
    String display = context.getDisplayName();
    return context.getRequiredTestClass().getSimpleName()
        + "."
        + method
        + (display.startsWith(method) ? "" : " " + display);
  }

  private void killNodes() {
    List<ProcessHandle> nodes = Processes.withArgument(home().toString());
    nodes.forEach(ProcessHandle::destroyForcibly);
    nodes.forEach(node -> node.onExit().join());
  }

  Path directory() {
    return directory;
  }

  /** The home directory of this test; made by the first agent. */
  Path home() {
    return directory.resolve("q");
  }

  /** Starts a program that ends with the test at the latest. */
  RunningProgram start(Program program) throws IOException {
    Path out = directory.resolve(outputs.incrementAndGet() + "-" + program.name());
    RunningProgram running = program.start(out);
    programs.add(running);
    return running;
  }

  /** Takes notice that a program has ended: a test that starts thousands need not keep them all. */
  void forget(RunningProgram ended) {
    programs.remove(ended);
  }

  /** A process that a program has started: it ends with the test at the latest, too. */
  void adopt(ProcessHandle child) {
    adopted.add(child);
  }

  /** Runs a program to its end. */
  Outcome run(Program program) throws IOException, InterruptedException {
    return start(program).awaitExit();
  }

  /** An empty directory of that name; what was in it is gone. */
  Path empty(String name) throws IOException {
    Path path = directory.resolve(name);
    wipe(path);
    return Files.createDirectories(path);
  }

  private static void wipe(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
