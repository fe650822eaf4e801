package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.JettyFiles;
import org.quicksilver.it.subject.WebVisitor;

/** Jetty with a servlet that forgets to close a file, but only on an error path. */
class LeakIT {

  /** Longer than the grace that is the default. */
  private static final Duration MORE_THAN_THE_GRACE = Duration.ofMillis(2500);

  /** Each visitor comes with both HTTP clients of the JDK. */
  private static final int VISITS = 2;

  @RegisterExtension final Room room = new Room();

  private Path files = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    files = room.empty("files");
    Files.writeString(files.resolve("page.html"), "<h1>a page</h1>");
    Files.writeString(files.resolve("good.txt"), "report: all is well");
  }

  @OnEachJdk
  void leakOfTheServletIsFoundWithItsLine(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home());
    Cli cli = Cli.of(room, jdk);
    RunningProgram jetty = jetty(jdk, agent);
    visit(jetty, visitor(jdk).agent(agent), "/files/page.html", "/reports/good.txt");
    visit(jetty, visitor(jdk).agent(agent), "/reports/page.html");
    assertLeaks(awaitLeaks(cli), jetty);
    Outcome table = cli.run("leaks");
    assertEquals(Cli.FOUND, table.exitCode());
    assertTrue(table.stdout().contains(lineThatLeaks()), table::stdout);
    assertEquals(VISITS, jetty.descriptors().below(files).size(), "observed, not reclaimed");
  }

  private static String lineThatLeaks() throws IOException {
    return Source.lineOf("ReportServlet", "// the line that leaks").replaceAll("[()]", "");
  }

  private static List<AuditLine> awaitLeaks(Cli cli) {
    return Patience.until("leaks").until(cli::leaks, leaks -> leaks.size() == VISITS);
  }

  private void assertLeaks(List<AuditLine> leaks, RunningProgram jetty) throws IOException {
    for (AuditLine leak : leaks) {
      assertEquals("LEAK", leak.event(), leak::toString);
      assertEquals("COMMITTED", leak.outcome(), leak::toString);
      assertEquals(jetty.pid(), leak.pid());
      assertEquals(files.resolve("page.html").toString(), leak.what());
      List<String> ours =
          leak.stack().stream().filter(frame -> frame.contains("ReportServlet")).toList();
      assertTrue(ours.get(0).endsWith("(" + lineThatLeaks() + ")"), leak::toString);
    }
  }

  @Test
  void visitorsWithoutTheAgentShowTheLeakToo() throws Exception {
    Jdk jdk = Jdks.running();
    Cli cli = Cli.of(room, jdk);
    RunningProgram jetty = jetty(jdk, Agent.linked(room.home()));
    visit(jetty, visitor(jdk), "/reports/page.html", "/reports/good.txt");
    assertLeaks(awaitLeaks(cli), jetty);
  }

  @OnEachJdk
  void runWithoutAnErrorHasNoLeak(Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home());
    Cli cli = Cli.of(room, jdk);
    RunningProgram jetty = jetty(jdk, agent);
    visit(jetty, visitor(jdk).agent(agent), "/files/page.html", "/files/", "/reports/good.txt");
    Patience.until("the end of the visits").until(() -> cli.count("transactions") == 1);
    assertTrue(cli.count("committed") >= VISITS, "conversations");
    Patience.throughout("no leaks", MORE_THAN_THE_GRACE)
        .until(() -> cli.run("leaks").exitCode() == 0);
    jetty.tell("stop");
    assertEquals(0, jetty.awaitExit().exitCode());
    Patience.until("the end of the server").until(() -> cli.count("deaths") == 2);
    assertEquals(List.of(), cli.audit());
    assertEquals(0, cli.run("leaks").exitCode());
  }

  private RunningProgram jetty(Jdk jdk, Agent agent) throws IOException {
    return room.start(
        JavaProgram.of(jdk, JettyFiles.class)
            .libraries("jetty-", "jakarta.", "slf4j-")
            .agent(agent)
            .arguments(room.directory().resolve("port"), files));
  }

  private static JavaProgram visitor(Jdk jdk) {
    return JavaProgram.of(jdk, WebVisitor.class);
  }

  private void visit(RunningProgram jetty, JavaProgram visitor, Object... paths) throws Exception {
    String port = PortFiles.await(room.directory().resolve("port"), jetty);
    assertEquals(0, room.run(visitor.arguments(port).arguments(paths)).exitCode());
  }
}
