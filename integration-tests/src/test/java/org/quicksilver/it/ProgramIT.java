package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Programs that know of transactions, without the agent and with it. */
class ProgramIT {

  @RegisterExtension final Room room = new Room();

  private JavaProgram program(Jdk jdk, String main, Path argument) {
    return JavaProgram.of(jdk, main)
        .classPath(Places.aware())
        .environment("QUICKSILVER_HOME", room.home().toString())
        .arguments(argument);
  }

  /** The n-th block of the README that is fenced like this. */
  private static String block(String language, int n) throws IOException {
    List<String> blocks = new ArrayList<>();
    String readme = Files.readString(Places.readme());
    String tutorial = readme.substring(readme.indexOf("## Programs that know"));
    Matcher fences = Pattern.compile("(?s)```(\\w*)\n(.*?)```\n").matcher(tutorial);
    while (fences.find()) {
      if (fences.group(1).equals(language)) {
        blocks.add(fences.group(2));
      }
    }
    return blocks.get(n);
  }

  @OnEachJdk
  void tutorialOfTheReadmeDoesWhatTheReadmeSays(Jdk jdk) throws Exception {
    Path source = Places.readme().resolveSibling("demo-apps/aware/src/main/java/aware");
    assertEquals(Files.readString(source.resolve("Tutorial.java")), block("java", 0));
    RunningProgram node = room.start(Cli.of(room, jdk).program("node"));
    node.awaitLine("node ready: ");
    Outcome outcome = room.run(program(jdk, "aware.Tutorial", room.directory()));
    assertEquals("", outcome.stderr());
    assertEquals(block("", 0), outcome.stdout());
    Path two = room.directory().resolve("two");
    Patience.until("the second file").until(() -> Files.exists(two));
    assertEquals("butter", Files.readString(two));
    Patience.until("no draft").until(() -> !Files.exists(room.directory().resolve("one.draft")));
  }

  @OnEachJdk
  void withoutANodeItSaysWhatToDo(Jdk jdk) throws Exception {
    Outcome outcome = room.run(program(jdk, "aware.Tutorial", room.directory()));
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.stderr().contains("java -jar quicksilver.jar node"), outcome::stderr);
  }

  @OnEachJdk
  void withTheAgentHandlesBelongToTheTransactionOfTheirScope(Jdk jdk) throws Exception {
    Path file = Files.writeString(room.directory().resolve("file"), "x");
    Agent agent = Agent.linked(room.home()).with("policy=file=reclaim@0s");
    Outcome outcome = room.run(program(jdk, "aware.Held", file).agent(agent));
    assertEquals("", outcome.stderr());
    assertEquals(
        List.of("true", "inside: given back", "outside: open"), outcome.stdout().lines().toList());
    AuditLine line = Cli.of(room, jdk).awaitAudit(1).get(0);
    assertEquals(file.toString(), line.what());
    assertTrue(line.isReclaim(), line::toString);
  }
}
