package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
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
    /** The same over TLS, where they are read from one connection and come out of another's. */
    TLS_UNDERTOW(UndertowKeeper.class, JDK_2_UNDERTOW.libraries),
    TLS_TOMCAT(TomcatKeeper.class, JDK_2_TOMCAT.libraries),
    TLS_JETTY(JettyKeeper.class, JDK_2_JETTY.libraries),
    /** OkHttp speaks HTTP/2 over TLS only. */
    TLS_OKHTTP(
        UndertowKeeper.class,
        "okhttp-",
        "okio-",
        "kotlin-",
        "undertow-",
        "xnio-",
        "jboss-",
        "wildfly-"),
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
      if (this == TLS_OKHTTP) {
        return "okhttp";
      }
      if (name().startsWith("JDK_2") || isOverTls()) {
        return "jdk_2";
      }
      return this == GRPC_SHADED ? "grpc" : name().toLowerCase(Locale.ROOT);
    }

    boolean isOverTls() {
      return name().startsWith("TLS");
    }
  }

  @RegisterExtension final Room room = new Room();

  /** Each with one JDK, by turns. */
  static Stream<Arguments> kinds() {
    return Stream.of(Kind.values()).map(kind -> Arguments.of(kind, jdk(kind)));
  }

  private static Jdk jdk(Kind kind) {
    List<Jdk> jdks = Jdks.found();
    return jdks.get(kind.ordinal() % jdks.size());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void requestsOfTwoClientsAtTheSameTime(Kind kind, Jdk jdk) throws Exception {
    Tiers tiers = new Tiers(kind, jdk);
    tiers.askAll();
    Map<String, String> clients = tiers.conversations();
    tiers.behind.assertHangOn(clients);
    tiers.between.assertHangOn(clients);

    tiers.first.kill();
    tiers.behind.awaitOnly("second");
    tiers.between.awaitOnly("second");
    Speakers.ask(tiers.second, "second-more");
    assertEquals((LINES + 1) * Gateway.QUESTIONS, tiers.behind.open().size());
    tiers.second.kill();
    tiers.behind.awaitOnly();
    assertEquals(List.of(), tiers.failures());
  }

  /**
   * The node is held up until most connections are over: a client that asks for HTTP/2 opens one
   * for each of its first questions, and keeps one of them. Who had opened the others remembers it.
   */
  @ParameterizedTest
  @EnumSource(names = {"JDK_2_UNDERTOW", "JDK_2_TOMCAT", "JDK_2_JETTY"})
  void nodeThatFindsTheTimeOnlyWhenConnectionsAreClosed(Kind kind) throws Exception {
    Tiers tiers = new Tiers(kind, jdk(kind));
    Map<String, String> clients = tiers.conversations();
    long node = tiers.cli.status().get("pid").getAsLong();
    Signals.send("STOP", node);
    tiers.askAll();
    Patience.until("only one connection to be left")
        .until(() -> tiers.behind.program.descriptors().connections() == 1);
    Signals.send("CONT", node);
    tiers.behind.assertHangOn(clients);
    tiers.first.kill();
    tiers.behind.awaitOnly("second");
  }

  /** Two clients, what they ask, and what that asks. */
  private final class Tiers {
    final Cli cli;
    final Tier behind;
    final Tier between;
    final RunningProgram first;
    final RunningProgram second;

    Tiers(Kind kind, Jdk jdk) throws IOException, InterruptedException {
      Agent agent = Agent.linked(room.home()).with("policy=*=reclaim@0s");
      cli = Cli.of(room, jdk);
      Path last = room.empty("behind");
      Object[] store = kind.isOverTls() ? new Object[] {KeyStores.make(room, jdk)} : new Object[0];
      behind = new Tier(cli, tier(jdk, kind, kind.keeper, agent, args(store, last)), last);
      Path middle = room.empty("between");
      RunningProgram gateway =
          tier(jdk, kind, Gateway.class, agent, args(store, kind.asker(), middle, behind.port));
      between = new Tier(cli, gateway, middle);
      first = Speakers.start(room, jdk, agent, between.port);
      second = Speakers.start(room, jdk, agent, between.port);
    }

    private static Object[] args(Object[] last, Object... first) {
      return Stream.of(first, last).flatMap(Stream::of).toArray();
    }

    private RunningProgram tier(Jdk jdk, Kind kind, Class<?> main, Agent agent, Object... arguments)
        throws IOException {
      return room.start(
          JavaProgram.of(jdk, main)
              .quick()
              .libraries(kind.libraries)
              .agent(agent)
              .arguments(arguments));
    }

    /** Both at the same time. */
    void askAll() throws IOException {
      for (int i = 0; i < LINES; i++) {
        first.tell("0 first-" + i);
        second.tell("0 second-" + i);
      }
      first.awaitLine("answered 0 first-" + (LINES - 1));
      second.awaitLine("answered 0 second-" + (LINES - 1));
    }

    /** The name of each client, by its transaction. */
    Map<String, String> conversations() {
      return Map.of(conversation(first), "first", conversation(second), "second");
    }

    private String conversation(RunningProgram client) {
      return cli.conversations(client.pid()).get(0).get("transaction").getAsString();
    }

    List<String> failures() {
      return Stream.of(behind.program, between.program)
          .flatMap(tier -> tier.stdout().lines())
          .filter(line -> !line.startsWith("listening on "))
          .toList();
    }
  }

  /** One that keeps files, each named for its client. */
  private static final class Tier {
    final RunningProgram program;
    final String port;
    private final Path directory;
    private final HeldFiles files;

    Tier(Cli cli, RunningProgram program, Path directory) throws IOException {
      this.program = program;
      this.port = program.awaitLine("listening on ");
      this.directory = directory;
      this.files = new HeldFiles(cli, program, directory);
    }

    List<String> open() {
      return program.descriptors().below(directory);
    }

    void assertHangOn(Map<String, String> clients) {
      Patience.until("each file on its client's tree")
          .untilAsserted(
              () -> {
                Map<String, String> owners = files.owners();
                owners.replaceAll((file, tid) -> clients.getOrDefault(tid, tid));
                assertEquals(2 * LINES * Gateway.QUESTIONS, owners.size());
                owners.entrySet().removeIf(file -> file.getKey().startsWith(file.getValue() + "-"));
                assertEquals(Map.of(), owners, "whose are another's");
              });
    }

    /** Until those of nobody else are open. */
    void awaitOnly(String... clients) {
      Patience.until("only those of " + List.of(clients))
          .until(files::clients, Set.of(clients)::equals);
    }
  }
}
