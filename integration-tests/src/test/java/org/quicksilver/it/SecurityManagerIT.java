package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.ExitCode;
import org.quicksilver.it.subject.JdkTour;

/** Under a security manager, which programs made for JDK 17 and before may want. */
class SecurityManagerIT {

  private static final String OF_THE_PROGRAM =
      """
      grant codeBase "file:%s-" {
        permission java.util.PropertyPermission "*", "read,write";
        permission java.io.FilePermission "<<ALL FILES>>", "read,write,delete,execute";
        permission java.net.SocketPermission "*", "accept,connect,listen,resolve";
        permission java.lang.RuntimePermission "modifyThread";
        permission java.lang.RuntimePermission "readFileDescriptor";
        permission java.lang.RuntimePermission "writeFileDescriptor";
        permission java.lang.RuntimePermission "fileSystemProvider";
      };
      """;

  private static final String OF_THE_AGENT =
      "grant codeBase \"file:%s\" { permission java.security.AllPermission; };\n";

  @RegisterExtension final Room room = new Room();

  private final Jdk jdk = Jdks.found().get(0);

  @BeforeEach
  void thereAreSome() {
    Assumptions.assumeTrue(jdk.feature() == 17, "gone after 17");
  }

  private String[] underPolicy(String grants) throws IOException {
    Path policy = Files.writeString(room.directory().resolve("policy"), grants);
    return new String[] {"-Djava.security.manager", "-Djava.security.policy==" + policy};
  }

  private static String ofTheProgram() {
    return OF_THE_PROGRAM.formatted(JdkTour.class.getResource("/").getPath());
  }

  @Test
  void programThatMayDoLittleIsUnchangedWhereTheAgentMayDoAll() throws Exception {
    String agent = OF_THE_AGENT.formatted(Places.quicksilver().toRealPath());
    String[] options = underPolicy(ofTheProgram() + agent);
    Transparency.of(room, jdk)
        .holdsFor(
            stage -> {
              JavaProgram tour = stage.program(JdkTour.class).option(options);
              assertEquals(0, stage.run(tour.arguments(stage.directory())).exitCode());
            });
  }

  @Test
  void agentThatMayDoNothingSaysWhatToGrantIt() throws Exception {
    JavaProgram program = JavaProgram.of(jdk, ExitCode.class).arguments("3");
    program.option(underPolicy(ofTheProgram())).agent(Agent.alone(room.home()));
    Outcome outcome = room.run(program);
    assertEquals(3, outcome.exitCode(), outcome::toString);
    assertEquals(
        1,
        outcome
            .stderr()
            .lines()
            .filter(line -> line.startsWith("quicksilver: not started, the application runs"))
            .filter(line -> line.endsWith("grant the agent's jar java.security.AllPermission"))
            .count(),
        outcome::stderr);
  }
}
