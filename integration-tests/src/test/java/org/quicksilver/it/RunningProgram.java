package org.quicksilver.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A started program. Its output lies in files, so that it never waits for a reader and can be read
 * again.
 */
final class RunningProgram {

  private final Process process;
  private final Path stdout;
  private final Path stderr;

  private RunningProgram(Process process, Path stdout, Path stderr) {
    this.process = process;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  static RunningProgram start(ProcessBuilder builder, Path outputs) throws IOException {
    Path out = outputs.resolveSibling(outputs.getFileName() + ".out");
    Path err = outputs.resolveSibling(outputs.getFileName() + ".err");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new RunningProgram(Processes.start(builder), out, err);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has open, by the kernel's account. */
  OpenDescriptors descriptors() {
    return OpenDescriptors.of(pid());
  }

  /** Waits for a line on its standard output that starts so, and returns the rest of the line. */
  String awaitLine(String start) {
    return Patience.until("'" + start + "' from " + this)
        .failFast(() -> !process.isAlive() && lines(start).isEmpty())
        .until(() -> lines(start), lines -> !lines.isEmpty())
        .get(0);
  }

  private List<String> lines(String start) {
    return stdout()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  /** A line for its standard input. */
  void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Ends its standard input. */
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits for its end, however that comes. */
  Outcome awaitExit() throws InterruptedException {
    if (!process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("does not end: " + this);
    }
    return new Outcome(process.exitValue(), stdout(), stderr());
  }

  /** {@code kill -9}, and waits until it is dead. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it without its knowing, until {@link #resume}. */
  void pause() {
    Signals.send("STOP", pid());
  }

  void resume() {
    Signals.send("CONT", pid());
  }

  /** What it has printed so far, a byte a character. */
  String stdout() {
    return read(stdout);
  }

  /** What it has complained about so far, a byte a character. */
  String stderr() {
    return read(stderr);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    String complaints = stderr();
    return stdout.getFileName()
        + " (pid "
        + pid()
        + ")"
        + (complaints.isEmpty() ? "" : "; it says: " + complaints);
  }
}
