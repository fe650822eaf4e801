package org.quicksilver.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk of one megabyte, owner-only, in memory. Only root may mount one: for others the test is
 * skipped and says so.
 */
final class SmallDisk implements AutoCloseable {

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  static SmallDisk mount(Path directory) throws IOException, InterruptedException {
    String mounted =
        run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", directory.toString());
    Assumptions.assumeTrue(mounted.isEmpty(), "cannot mount a small disk here: " + mounted);
    return new SmallDisk(directory);
  }

  Path directory() {
    return directory;
  }

  void makeReadOnly() throws IOException, InterruptedException {
    String remounted = run("mount", "-o", "remount,ro", directory.toString());
    if (!remounted.isEmpty()) {
      throw new IOException(remounted);
    }
  }

  /** Until no more than that many bytes are free. */
  void fill(long free) throws IOException {
    try (OutputStream out = Files.newOutputStream(directory.resolve("filling"))) {
      long room = directory.toFile().getUsableSpace() - free;
      while (room > 0) {
        out.write(new byte[(int) Math.min(room, 4096)]);
        room -= 4096;
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", "-l", directory.toString());
  }

  /** What the command complained about; empty if it succeeded. */
  private static String run(String... command) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command));
    Process process = new ProcessBuilder(arguments).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    int code = process.waitFor();
    return code == 0 ? "" : said + " (exit code " + code + ")";
  }
}
