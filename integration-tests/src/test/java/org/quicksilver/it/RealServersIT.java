package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.quicksilver.it.subject.WebVisitor;

/** Servers with threads and loops of their own: what they do for whom is known. */
@Timeout(150)
class RealServersIT {

  @RegisterExtension final Room room = new Room();

  /** On one JDK each, by turns; on all with {@code -Dquicksilver.circumstances=all}. */
  static Stream<Arguments> serversByTurns() {
    List<Jdk> jdks = Jdks.found();
    boolean all = "all".equals(System.getProperty("quicksilver.circumstances"));
    return Stream.of(RealServer.values())
        .flatMap(
            server ->
                jdks.stream()
                    .filter(jdk -> all || jdk.equals(jdks.get(server.ordinal() % jdks.size())))
                    .map(jdk -> Arguments.of(server, jdk)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("serversByTurns")
  void whatIsLeftOpenHangsOnItsClient(RealServer server, Jdk jdk) throws Exception {
    new TwoClients(room, jdk, server).play();
  }

  @OnEachJdk
  void tomcatIsUnchanged(Jdk jdk) throws Exception {
    Transparency.of(room, jdk).holdsFor(stage -> visit(stage, jdk, RealServer.TOMCAT));
  }

  @OnEachJdk
  void undertowIsUnchanged(Jdk jdk) throws Exception {
    Transparency.of(room, jdk).holdsFor(stage -> visit(stage, jdk, RealServer.UNDERTOW));
  }

  private static void visit(Stage stage, Jdk jdk, RealServer kind) throws Exception {
    RunningProgram server = start(stage, jdk, kind);
    JavaProgram visitor =
        stage
            .program(WebVisitor.class)
            .arguments(port(stage, server))
            .arguments("/files/page.html", "/files/large.bin", "/files/missing", "/notes/page.html")
            .arguments("/reports/good.txt", "/reports/page.html", "/elsewhere");
    assertEquals(0, stage.run(visitor).exitCode());
    stop(stage, server);
  }

  @OnEachJdk
  void grpcIsUnchanged(Jdk jdk) throws Exception {
    Transparency.of(room, jdk)
        .holdsFor(
            stage -> {
              RunningProgram server = start(stage, jdk, RealServer.GRPC);
              JavaProgram friend = RealServer.GRPC.friend(jdk, port(stage, server));
              RunningProgram running = stage.start(stage.dressed(friend));
              for (int i = 0; i < 20; i++) {
                running.tell("/reports/good.txt");
                running.tell("/reports/page.html");
              }
              running.endInput();
              assertEquals(0, stage.ended("friend", running).exitCode(), running::toString);
              stop(stage, server);
            });
  }

  private static RunningProgram start(Stage stage, Jdk jdk, RealServer kind) throws Exception {
    Path files = Files.createDirectories(stage.directory().resolve("files"));
    Files.write(files.resolve("large.bin"), new byte[3_000_000]);
    Files.writeString(files.resolve("page.html"), "<h1>a page</h1>");
    Files.writeString(files.resolve("good.txt"), "report: all is well");
    JavaProgram server = kind.server(jdk, stage.directory().resolve("port"), files);
    return stage.start(stage.dressed(server));
  }

  private static String port(Stage stage, RunningProgram server) throws Exception {
    return PortFiles.await(stage.directory().resolve("port"), server);
  }

  private static void stop(Stage stage, RunningProgram server) throws Exception {
    server.tell("stop");
    assertEquals(0, stage.ended("server", server).exitCode(), server::toString);
  }
}
