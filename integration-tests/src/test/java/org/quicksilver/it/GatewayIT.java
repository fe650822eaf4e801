package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.quicksilver.it.subject.Gateway;
import org.quicksilver.it.subject.GrpcKeeper;
import org.quicksilver.it.subject.HttpKeeper;
import org.quicksilver.it.subject.JettyKeeper;
import org.quicksilver.it.subject.TomcatKeeper;
import org.quicksilver.it.subject.UndertowKeeper;
import org.quicksilver.it.subject.VertxKeeper;

/**
 * Two clients at the same time, whose requests a middle tier sends on over the few connections of
 * one client of others: each file, at either end, hangs on the tree of the client it was opened
 * for, and goes with that client alone.
 */
@Timeout(150)
class GatewayIT {

  private static final int LINES = 10;
  private static final String LOGGING = "slf4j-api-";
  private static final String NETTY = "netty-";

  /** What asks, and what stands behind. */
  private enum Kind {
    /** Requests that share a connection at the same time. */
    GRPC(GrpcKeeper.class, RealServer.GRPC.libraries()),
    /** The same over sockets that are opened without the JDK. */
    GRPC_SHADED(GrpcKeeper.class, RealServer.GRPC_SHADED.libraries()),
    JDK(HttpKeeper.class),
    /** Requests share a connection, and neither side, or only one, is Netty. */
    JDK_2(VertxKeeper.class, "vertx-", NETTY, "jackson-"),
    JDK_2_UNDERTOW(UndertowKeeper.class, "undertow-", "xnio-", "jboss-", "wildfly-"),
    JDK_2_TOMCAT(TomcatKeeper.class, "tomcat-"),
    JDK_2_JETTY(JettyKeeper.class, "jetty-", LOGGING),
    APACHE(HttpKeeper.class, "httpclient5-", "httpcore5-", LOGGING),
    OKHTTP(HttpKeeper.class, "okhttp-", "okio-", "kotlin-"),
    JETTY(HttpKeeper.class, "jetty-", LOGGING),
    VERTX(HttpKeeper.class, "vertx-", NETTY, "jackson-"),
    REACTOR(HttpKeeper.class, "reactor-", NETTY, "reactive-streams-", LOGGING);

    private final Class<?> keeper;
    private final String[] libraries;

    Kind(Class<?> keeper, String... libraries) {
      this.keeper = keeper;
      this.libraries = libraries;
    }

    /** As the middle tier knows it. */
    String asker() {
      if (name().startsWith("JDK_2")) {
        return "jdk_2";
      }
      return this == GRPC_SHADED ? "grpc" : name().toLowerCase(Locale.ROOT);
    }
  }

  @RegisterExtension final Room room = new Room();

  /** Each with one JDK, by turns. */
  static Stream<Arguments> kinds() {
    List<Jdk> jdks = Jdks.found();
    return Stream.of(Kind.values())
        .map(kind -> Arguments.of(kind, jdks.get(kind.ordinal() % jdks.size())));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void requestsOfTwoClientsAtTheSameTime(Kind kind, Jdk jdk) throws Exception {
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
    Cli cli = Cli.of(room, jdk);
    Path behind = room.empty("behind");
    Path between = room.empty("between");
    RunningProgram last = tier(jdk, kind, kind.keeper, agent, behind);
    String next = last.awaitLine("listening on ");
    RunningProgram middle = tier(jdk, kind, Gateway.class, agent, kind.asker(), between, next);
    String port = middle.awaitLine("listening on ");
    RunningProgram first = Speakers.start(room, jdk, agent, port);
    RunningProgram second = Speakers.start(room, jdk, agent, port);
    for (int i = 0; i < LINES; i++) {
      first.tell("0 first-" + i);
      second.tell("0 second-" + i);
    }
    first.awaitLine("answered 0 first-" + (LINES - 1));
    second.awaitLine("answered 0 second-" + (LINES - 1));
    Map<String, String> clients =
        Map.of(conversation(cli, first), "first", conversation(cli, second), "second");
    assertHangOnTheirClients(cli, last, behind, clients);
    assertHangOnTheirClients(cli, middle, between, clients);

    first.kill();
    Patience.until("only the second one's")
        .until(new HeldFiles(cli, last, behind)::clients, Set.of("second")::equals);
    Patience.until("only the second one's in the middle")
        .until(new HeldFiles(cli, middle, between)::clients, Set.of("second")::equals);
    Speakers.ask(second, "second-more");
    assertEquals((LINES + 1) * Gateway.QUESTIONS, last.descriptors().below(behind).size());
    second.kill();
    Patience.until("nobody's").until(new HeldFiles(cli, last, behind)::clients, Set::isEmpty);
    assertEquals(List.of(), failures(last, middle));
  }

  private RunningProgram tier(Jdk jdk, Kind kind, Class<?> main, Agent agent, Object... arguments)
      throws IOException {
    return room.start(
        JavaProgram.of(jdk, main).libraries(kind.libraries).agent(agent).arguments(arguments));
  }

  private static List<String> failures(RunningProgram... tiers) {
    return Arrays.stream(tiers)
        .flatMap(tier -> tier.stdout().lines())
        .filter(line -> !line.startsWith("listening on "))
        .toList();
  }

  private static String conversation(Cli cli, RunningProgram client) {
    return cli.conversations(client.pid()).get(0).get("transaction").getAsString();
  }

  private static void assertHangOnTheirClients(
      Cli cli, RunningProgram tier, Path files, Map<String, String> clients) {
    Patience.until("each file on its client's tree")
        .untilAsserted(
            () -> {
              Map<String, String> owners = new HeldFiles(cli, tier, files).owners();
              owners.replaceAll((file, tid) -> clients.getOrDefault(tid, tid));
              assertEquals(2 * LINES * Gateway.QUESTIONS, owners.size());
              owners.entrySet().removeIf(file -> file.getKey().startsWith(file.getValue() + "-"));
              assertEquals(Map.of(), owners, "whose are another's");
            });
  }
}
