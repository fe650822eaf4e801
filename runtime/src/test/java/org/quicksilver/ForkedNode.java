package org.quicksilver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.quicksilver.node.JavaProcess;

/** A node in a process of its own, which a test kills and starts again. */
final class ForkedNode implements AutoCloseable {

  private final Class<?> main;
  private final Path home;
  private final String options;
  private Process process;

  /**
   * Starts it and waits until it runs.
   *
   * @param main its program
   * @param options besides its home
   */
  ForkedNode(Class<?> main, Path home, String options) throws IOException {
    this.main = main;
    this.home = home;
    this.options = options;
    start();
  }

  void start() throws IOException {
    process =
        new ProcessBuilder(JavaProcess.command(main, "home=" + home + options))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
    if (!"running".equals(line)) {
      throw new IOException("the node does not run: " + line);
    }
  }

  Path home() {
    return home;
  }

  /** Whether it died within that time. */
  boolean diesWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Has it stop in order. */
  void terminate() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
