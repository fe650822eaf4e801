package org.quicksilver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import org.quicksilver.node.JavaProcess;

/** A {@link LedgerMain} seen from the test, which kills it and starts it again. */
final class LedgerProcess implements AutoCloseable {

  private final Path home;
  private final Path file;
  private Process process;
  private PrintStream in;
  private BufferedReader out;

  LedgerProcess(Path home, Path file) throws IOException {
    this.home = home;
    this.file = file;
    start();
  }

  private synchronized void start() throws IOException {
    process =
        new ProcessBuilder(JavaProcess.command(LedgerMain.class, home.toString(), file.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    in = new PrintStream(process.getOutputStream(), true);
    out = new BufferedReader(new InputStreamReader(process.getInputStream()));
    if (!"running".equals(out.readLine())) {
      throw new IOException("the ledger does not run");
    }
  }

  Path file() {
    return file;
  }

  /** False if it was refused, or was killed meanwhile. */
  synchronized boolean enlist(String tag) throws IOException {
    in.println(tag);
    return "enlisted".equals(out.readLine());
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  synchronized void startAgain() throws IOException {
    start();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
