package legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad arguments end the programs with status 2 and a line that says how they are called. */
class UsageTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      classes = {
        DataServer.class,
        DirectoryServer.class,
        FileServer.class,
        WindowServer.class,
        FileClient.class,
        WindowClient.class
      })
  void missingArguments(Class<?> program) throws Exception {
    assertRefused(program, List.of(), "usage: java " + program.getName() + " <");
  }

  @Test
  void portThatIsNone() throws Exception {
    assertRefused(WindowServer.class, List.of("70000"), "not a port or host:port: 70000");
  }

  @Test
  void directoryThatIsNone() throws Exception {
    assertRefused(DataServer.class, List.of("0", "/no/such"), "not a directory: /no/such");
  }

  private void assertRefused(Class<?> program, List<String> args, String message) throws Exception {
    try (LegacyProcess process =
        LegacyProcess.start(directory, program, args.toArray(new String[0]))) {
      assertEquals(2, process.awaitExit());
      assertTrue(process.output().contains(message), process.output());
    }
  }
}
