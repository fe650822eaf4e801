package org.quicksilver.memory.vista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.memory.Region;

/**
 * {@code kill -9} of a real process at random moments; this process holds what it has said is
 * committed. {@code -Dquicksilver.memory.kills=N} for more of them.
 */
@Timeout(3600)
final class VistaProcessCrashKillTest {

  private static final int LONGEST_LIFE_MILLIS = 60;

  @TempDir private Path directory;

  private final byte[][] contents = new byte[Doomed.THREADS][Doomed.TERRITORY];
  private final long[] replayed = new long[Doomed.THREADS];
  private final long[] acknowledged = new long[Doomed.THREADS];

  @Test
  void processKilledAtRandomMomentsHasAllThatItSaidIsCommittedAndNothingElse() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Vista.createLog(
        VistaOptions.of(directory.resolve("log")),
        1 << 18,
        PosixFilePermissions.fromString("rw-------"));
    int kills = Integer.getInteger("quicksilver.memory.kills", 8);
    for (int kill = 0; kill < kills; kill++) {
      killAfter(random.nextInt(LONGEST_LIFE_MILLIS), random.nextInt(4) == 0, seed);
      check("seed " + seed + ", kill " + kill, seed);
    }
    System.out.println(kills + " kills, " + replayed[0] + " and " + replayed[1] + " transactions");
    assertTrue(replayed[0] > 0 && replayed[1] > 0);
  }

  /** Lives so long after its first transaction, or if it is to die early after its start. */
  private void killAfter(int millis, boolean early, long seed) throws Exception {
    Path said = directory.resolve("said");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                place(Doomed.class) + ":" + place(Vista.class),
                Doomed.class.getName(),
                directory.toString(),
                Long.toString(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(said.toFile())
            .start();
    try {
      while (!early && Files.size(said) == 0 && child.isAlive()) {
        child.waitFor(2, TimeUnit.MILLISECONDS);
      }
      child.waitFor(early ? 6L * millis : millis, TimeUnit.MILLISECONDS);
    } finally {
      child.destroyForcibly().waitFor();
    }
    try (Stream<String> lines = Files.lines(said)) {
      lines.forEach(this::acknowledge);
    }
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** A number that was cut off by the kill is a smaller one. */
  private void acknowledge(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length == 2 && !parts[1].isEmpty()) {
      int thread = Integer.parseInt(parts[0]);
      acknowledged[thread] = Math.max(acknowledged[thread], Long.parseLong(parts[1]));
    }
  }

  private void check(String where, long seed) throws IOException {
    assertTrue(Files.exists(directory.resolve("log")));
    try (Vista memory = Vista.initialize(VistaOptions.of(directory.resolve("log")))) {
      Region region = Doomed.map(memory, directory);
      for (int thread = 0; thread < Doomed.THREADS; thread++) {
        byte[] found = new byte[Doomed.TERRITORY];
        region.get((long) thread * Doomed.TERRITORY, found);
        long count = region.getLong((long) thread * Doomed.TERRITORY);
        assertTrue(
            count >= acknowledged[thread], where + ": " + count + " of " + acknowledged[thread]);
        replay(thread, count, seed);
        System.arraycopy(found, 0, contents[thread], 0, Long.BYTES);
        assertArrayEquals(contents[thread], found, where + ", thread " + thread);
      }
    }
  }

  private void replay(int thread, long count, long seed) {
    while (replayed[thread] < count) {
      Doomed.forEachRange(
          seed,
          thread,
          ++replayed[thread],
          (offset, bytes) -> System.arraycopy(bytes, 0, contents[thread], offset, bytes.length));
    }
  }
}
