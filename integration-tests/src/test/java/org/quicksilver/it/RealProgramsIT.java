package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.EchoCaller;
import org.quicksilver.it.subject.H2Bank;
import org.quicksilver.it.subject.H2TcpServer;
import org.quicksilver.it.subject.JettyFiles;
import org.quicksilver.it.subject.NettyEcho;
import org.quicksilver.it.subject.WebVisitor;

/**
 * Servers and clients that were not written for us do the same with the agent as without: server
 * and client both have it.
 */
class RealProgramsIT {

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void h2AndItsJdbcClientAreUnchanged(Jdk jdk) throws Exception {
    Transparency.of(room, jdk).holdsFor(RealProgramsIT::bank);
  }

  private static void bank(Stage stage) throws Exception {
    Path port = stage.directory().resolve("port");
    JavaProgram h2 = stage.program(H2TcpServer.class).libraries("h2-");
    RunningProgram server = stage.start(h2.arguments(port, stage.directory().resolve("db")));
    JavaProgram bank = stage.program(H2Bank.class).libraries("h2-");
    assertEquals(0, stage.run(bank.arguments(PortFiles.await(port, server))).exitCode());
    stop(stage, server);
  }

  private static void stop(Stage stage, RunningProgram server) throws Exception {
    server.tell("stop");
    assertEquals(0, stage.ended("server", server).exitCode(), server::toString);
  }

  @OnEachJdk
  void jettyAndItsVisitorsAreUnchanged(Jdk jdk) throws Exception {
    Transparency.of(room, jdk).holdsFor(RealProgramsIT::website);
  }

  private static void website(Stage stage) throws Exception {
    Path files = Files.createDirectories(stage.directory().resolve("files"));
    Files.write(files.resolve("large.bin"), new byte[3_000_000]);
    Files.writeString(files.resolve("page.html"), "<h1>a page</h1>");
    Files.writeString(files.resolve("good.txt"), "report: all is well");
    Path port = stage.directory().resolve("port");
    JavaProgram jetty = stage.program(JettyFiles.class).libraries("jetty-", "jakarta.", "slf4j-");
    RunningProgram server = stage.start(jetty.arguments(port, files));
    JavaProgram visitor =
        stage
            .program(WebVisitor.class)
            .arguments(PortFiles.await(port, server))
            .arguments("/files/page.html", "/files/large.bin", "/files/missing", "/files/")
            .arguments("/reports/good.txt", "/reports/page.html", "/elsewhere");
    assertEquals(0, stage.run(visitor).exitCode());
    stop(stage, server);
  }

  @OnEachJdk
  void nettyAndItsCallersAreUnchanged(Jdk jdk) throws Exception {
    Transparency.of(room, jdk).holdsFor(RealProgramsIT::echo);
  }

  private static void echo(Stage stage) throws Exception {
    Path port = stage.directory().resolve("port");
    JavaProgram netty = stage.program(NettyEcho.class).libraries("netty-");
    RunningProgram server = stage.start(netty.arguments(port));
    JavaProgram caller = stage.program(EchoCaller.class);
    assertEquals(0, stage.run(caller.arguments(PortFiles.await(port, server))).exitCode());
    stop(stage, server);
  }
}
