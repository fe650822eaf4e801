package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real servers in a JVM that is run in another way than usual: two clients are told apart, and what
 * is forgotten for them is found, as ever. Each circumstance is tried with one server on one JDK;
 * with {@code -Dquicksilver.circumstances=all} with each server on each JDK.
 */
@Timeout(200)
class CircumstancesIT {

  private static final boolean ALL = "all".equals(System.getProperty("quicksilver.circumstances"));

  @RegisterExtension final Room room = new Room();

  /** What is different, and from which JDK to which. */
  enum Circumstance {
    RECORDER(17, "-XX:StartFlightRecording=settings=profile,filename=%s/recording.jfr"),
    Z_COLLECTOR(17, "-XX:+UseZGC", "-Xmx400m"),
    NO_SHARING(17, "-Xshare:off"),
    SHARING_IF_POSSIBLE(17, "-Xshare:auto"),
    ONE_PROCESSOR(17, "-XX:ActiveProcessorCount=1"),
    /** The sockets of old, which 17 has for the last time. */
    PLAIN_SOCKETS(17, "-Djdk.net.usePlainSocketImpl=true");

    private final int from;
    private final List<String> options;

    Circumstance(int from, String... options) {
      this.from = from;
      this.options = List.of(options);
    }

    boolean exists(Jdk jdk) {
      return jdk.feature() >= from && (this != PLAIN_SOCKETS || jdk.feature() == 17);
    }

    JavaProgram apply(JavaProgram program, Path directory) {
      options.forEach(option -> program.option(option.formatted(directory)));
      return program;
    }
  }

  static Stream<Arguments> circumstances() {
    List<Arguments> each = new ArrayList<>();
    List<Jdk> jdks = Jdks.found();
    for (Circumstance circumstance : Circumstance.values()) {
      int turn = circumstance.ordinal();
      for (RealServer server : RealServer.values()) {
        for (Jdk jdk : jdks.stream().filter(circumstance::exists).toList()) {
          boolean isItsTurn =
              server.ordinal() == turn % RealServer.values().length
                  && (jdk.equals(jdks.get(turn / 2 % jdks.size()))
                      || circumstance == Circumstance.PLAIN_SOCKETS);
          if (ALL || isItsTurn) {
            each.add(Arguments.of(circumstance, server, jdk));
          }
        }
      }
    }
    return each.stream();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("circumstances")
  void clientsAreToldApart(Circumstance circumstance, RealServer kind, Jdk jdk) throws Exception {
    TwoClients clients =
        new TwoClients(room, jdk, kind)
            .server(program -> circumstance.apply(program, room.directory()));
    if (circumstance == Circumstance.PLAIN_SOCKETS) {
      // The servers use channels; their clients do not.
      clients.friends(program -> circumstance.apply(program, room.directory()));
    }
    clients.play();
  }

  static Stream<Arguments> orders() {
    List<Jdk> jdks = Jdks.found();
    return Stream.of(true, false)
        .flatMap(
            before ->
                jdks.stream()
                    .filter(jdk -> ALL || jdk.equals(jdks.get(before ? 0 : jdks.size() - 1)))
                    .map(jdk -> Arguments.of(before, jdk)));
  }

  /** Its agent comes before ours or after it. */
  @ParameterizedTest(name = "OpenTelemetry first: {0} {1}")
  @MethodSource("orders")
  void traceIsRecordedWithTheTransaction(boolean before, Jdk jdk) throws Exception {
    UnaryOperator<JavaProgram> both = program -> program.option(telemetry());
    TwoClients clients = new TwoClients(room, jdk, RealServer.TOMCAT);
    RunningProgram server = (before ? clients.server(both) : clients.serverAfter(both)).play();
    List<AuditLine> audit = Cli.of(room, jdk).audit();
    List<String> traces = audit.stream().map(AuditLine::trace).filter(t -> !t.isEmpty()).toList();
    List<AuditLine> files = audit.stream().filter(line -> line.kind().equals("FILE")).toList();
    assertEquals(files.size(), traces.size(), () -> "a trace for each file in " + audit);
    assertEquals(traces.size(), traces.stream().distinct().count(), "one for each request");
    // It says itself which it has seen.
    String said = server.stderr();
    assertTrue(traces.stream().allMatch(said::contains), () -> traces + " in " + said);
  }

  private static String[] telemetry() {
    return new String[] {
      "-javaagent:" + ClassPath.jar("opentelemetry-javaagent"),
      "-Dotel.traces.exporter=logging",
      "-Dotel.metrics.exporter=none",
      "-Dotel.logs.exporter=none",
      "-Dotel.javaagent.logging=simple",
    };
  }
}
