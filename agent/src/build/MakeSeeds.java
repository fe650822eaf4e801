import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Run at build time: starts {@link LoadEverything} with the agent on the JDK that builds and on
 * every other in {@code /usr/lib/jvm}, and keeps what each transformed: twice, for in a new home the
 * JVM gives some classes in another form than later. Arguments: the agent's jar, the classes of
 * this, a directory to work in, and where the results go, two files a JDK, named by its VM version.
 */
final class MakeSeeds {

  /** What every start needs, and the rest. */
  private static final List<String> PARTS = List.of(".classes", ".later");

  private static final Path JDKS = Path.of("/usr/lib/jvm");

  private MakeSeeds() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path agent = Path.of(arguments[0]);
    Path classes = Path.of(arguments[1]);
    Path work = Path.of(arguments[2]);
    Path seeds = Files.createDirectories(Path.of(arguments[3]));
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    Set<Path> jdks = new LinkedHashSet<>(List.of(own));
    jdks.addAll(installed());
    int number = 0;
    for (Path jdk : jdks) {
      Path home = work.resolve(Integer.toString(number++));
      boolean made = make(jdk, agent, classes, home, seeds);
      if (!made && jdk.equals(own)) {
        throw new IOException("no class was transformed on " + jdk);
      }
    }
  }

  private static Set<Path> installed() throws IOException {
    if (!Files.isDirectory(JDKS)) {
      return Set.of();
    }
    Set<Path> found = new LinkedHashSet<>();
    try (Stream<Path> entries = Files.list(JDKS)) {
      for (Path jdk : entries.sorted().collect(Collectors.toList())) {
        if (Files.isExecutable(jdk.resolve("bin/java"))) {
          found.add(jdk.toRealPath());
        }
      }
    }
    return found;
  }

  /** False if it is too old, or not a JDK that works. */
  private static boolean make(Path jdk, Path agent, Path classes, Path home, Path seeds)
      throws IOException, InterruptedException {
    String version = load(jdk, agent, classes, home);
    if (version.isEmpty()
        || !version.equals(load(jdk, agent, classes, home))
        || !Files.isDirectory(home.resolve("cache"))) {
      return false;
    }
    int copied = 0;
    try (Stream<Path> made = Files.list(home.resolve("cache"))) {
      for (Path file : made.collect(Collectors.toList())) {
        for (String part : PARTS) {
          if (file.toString().endsWith(part)) {
            Files.copy(file, seeds.resolve(version + part));
            copied++;
          }
        }
      }
    }
    return copied == PARTS.size();
  }

  /** The version of the VM; empty if that does not work. */
  private static String load(Path jdk, Path agent, Path classes, Path home)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                jdk.resolve("bin/java").toString(),
                "-javaagent:" + agent + "=home=" + home + ",node=off",
                "-cp",
                classes.toString(),
                "LoadEverything")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String version =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 ? version : "";
  }
}
