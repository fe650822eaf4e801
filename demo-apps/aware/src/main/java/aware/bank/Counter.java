package aware.bank;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts tellers and kills them, and reads what they said. */
final class Counter {

  private static final String FOUND = "found ";

  /**
   * What a teller said before it was killed.
   *
   * @param found what it found in the memory; empty if it did not come so far
   * @param acknowledged of each branch, the last transfer it said was committed; 0 if none
   */
  record Said(List<Branch> found, long[] acknowledged) {}

  private final Engine engine;
  private final Path directory;
  private final long seed;

  Counter(Engine engine, Path directory, long seed) {
    this.engine = engine;
    this.directory = directory;
    this.seed = seed;
  }

  /**
   * Lets a teller work and kills it.
   *
   * @param millis how long after it opened the bank, or if {@code early} after its start
   */
  Said killAfter(int millis, boolean early) throws IOException, InterruptedException {
    Path output = directory.resolve("teller.out");
    Process teller = start(output);
    try {
      while (!early && Files.size(output) == 0 && teller.isAlive()) {
        teller.waitFor(1, TimeUnit.MILLISECONDS);
      }
      if (teller.waitFor(millis, TimeUnit.MILLISECONDS)) {
        throw new IOException("the teller ended by itself, see " + directory.resolve("teller.err"));
      }
    } finally {
      teller.destroyForcibly().waitFor();
    }
    return said(Files.readAllLines(output));
  }

  private Process start(Path output) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Teller.class.getName(),
            engine.name(),
            directory.toString(),
            Long.toString(seed))
        .redirectOutput(output.toFile())
        .redirectError(directory.resolve("teller.err").toFile())
        .start();
  }

  /** The last line may be cut off: then it names a smaller number, or none. */
  private static Said said(List<String> lines) {
    long[] acknowledged = new long[Vault.BRANCHES];
    List<Branch> found = List.of();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(FOUND) && i < lines.size() - 1) {
        found =
            List.of(line.substring(FOUND.length()).split(" ", -1)).stream()
                .map(Branch::parse)
                .toList();
      } else if (line.matches("\\d \\d+")) {
        int branch = line.charAt(0) - '0';
        acknowledged[branch] = Math.max(acknowledged[branch], Long.parseLong(line.substring(2)));
      }
    }
    return new Said(found, acknowledged);
  }
}
