package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.Surroundings;

/**
 * The application sees two classes of ours, our daemon threads, and nothing else: no class,
 * resource, property or opened package.
 */
class IsolationIT {

  private static final String[] LOOKED_FOR = {
    "org.quicksilver.agent.Launcher",
    "org.quicksilver.agent.IsolatedLoader",
    "org.quicksilver.agent.start.Startup",
    "org.quicksilver.agent.track.SystemTracker",
    "org.quicksilver.agent.bridge.QuicksilverBridge",
    "org.quicksilver.config.Home",
    "org.quicksilver.handle.BreadcrumbWriter",
    "org.quicksilver.node.Node",
    "org.quicksilver.cli.Cli",
    "net.bytebuddy.ByteBuddy",
    "io.netty.channel.Channel",
    "net.openhft.chronicle.map.ChronicleMap",
    "picocli.CommandLine",
    "com.google.gson.Gson",
    "org.slf4j.Logger",
    "org.jspecify.annotations.Nullable",
    "org/quicksilver/agent/start/Startup.class",
    "org/quicksilver/handle/scope.rules",
    "net/bytebuddy/ByteBuddy.class",
    "META-INF/services/org.slf4j.spi.SLF4JServiceProvider",
    "META-INF/services/javax.annotation.processing.Processor",
    "META-INF/services/java.nio.file.spi.FileSystemProvider",
    "META-INF/maven/org.quicksilver/quicksilver-agent/pom.xml",
    "META-INF/LICENSE",
    "META-INF/LICENSE.txt",
    "META-INF/NOTICE",
    "META-INF/io.netty.versions.properties",
    "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
  };

  private static final List<String> OURS =
      List.of(
          "class org.quicksilver.agent.Launcher",
          "class org.quicksilver.agent.IsolatedLoader",
          "package org.quicksilver.agent",
          "thread quicksilver-");

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void theApplicationSeesOnlyTheLauncher(Jdk jdk) throws Exception {
    Outcome without = room.run(program(jdk));
    Outcome with = room.run(program(jdk).agent(Agent.alone(room.home())));
    List<String> expected = lines(without, line -> !isOurs(line));
    List<String> seen = lines(with, line -> !isOurs(line));
    assertEquals(missing(expected, seen), missing(seen, expected), "what differs");
    assertEquals(without.stderr(), with.stderr());
    assertFalse(with.stdout().contains("quicksilver.home"), "a property of ours");
    Transparency.assertNoFaults(room.home());
  }

  @OnEachJdk
  void ourThreadsAreDaemonsWithoutTheApplicationsLoader(Jdk jdk) throws Exception {
    Outcome with = room.run(program(jdk).agent(Agent.alone(room.home())));
    List<String> threads = lines(with, line -> line.startsWith("thread quicksilver-"));
    assertFalse(threads.isEmpty());
    threads.forEach(thread -> assertTrue(thread.endsWith("daemon=true loader=null"), thread));
  }

  @OnEachJdk
  void theBridgeIsTheJdks(Jdk jdk) throws Exception {
    JavaProgram looking = JavaProgram.of(jdk, Surroundings.class);
    Outcome with =
        room.run(looking.arguments("java.lang.QuicksilverBridge").agent(Agent.alone(room.home())));
    assertEquals(
        List.of("class java.lang.QuicksilverBridge null null null"),
        lines(with, line -> line.startsWith("class ")));
  }

  /** Those of the first that are not in the second. */
  private static List<String> missing(List<String> first, List<String> second) {
    return first.stream().filter(line -> !second.contains(line)).toList();
  }

  private static JavaProgram program(Jdk jdk) {
    return JavaProgram.of(jdk, Surroundings.class).arguments((Object[]) LOOKED_FOR);
  }

  private static boolean isOurs(String line) {
    return OURS.stream().anyMatch(line::startsWith);
  }

  private static List<String> lines(Outcome outcome, Predicate<String> wanted) {
    assertEquals(0, outcome.exitCode(), outcome::stderr);
    return outcome.stdout().lines().filter(wanted).toList();
  }
}
