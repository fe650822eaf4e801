package org.quicksilver.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.Vitals.Allowance;
import org.quicksilver.it.subject.Depot;
import org.quicksilver.it.subject.DepotCustomer;

/**
 * A day of staging in seconds: two servers at full load, customers that come, forget to close,
 * leave or are killed. What is planted is found and nothing else, and nothing of ours grows.
 *
 * <p>{@code -Dquicksilver.soak=600} makes it last that many seconds instead of fifteen; {@code
 * -Dquicksilver.seed} repeats a run that failed as far as chance is concerned.
 */
class SoakIT {

  private static final long SECONDS = Long.getLong("quicksilver.soak", 15);
  private static final long SEED = Long.getLong("quicksilver.seed", System.nanoTime());

  private static final int CUSTOMERS = 3;
  private static final int CONNECTIONS = 4;
  private static final int POOLED = 4;
  private static final int LOOK_EVERY = 8;

  /** A server that is kept from the processor for a while has not forgotten anything. */
  private static final String GRACE = "5s";

  /** From here on there is time for what is remembered for a minute to be forgotten. */
  private static final long LONG = 120;

  private static final String DEPOT = "depot on ";
  private static final String NODE = "node";

  /** Each pooled connection remembers for whom its last 256 parts were, by two IDs each. */
  private static final Allowance TURNS = new Allowance(2 * 256 * POOLED, 4 << 20, 48 << 20);

  /** The node keeps two files of log, of 4 MiB each. */
  private static final long LOGS = 10 << 20;

  @RegisterExtension final Room room = new Room();

  private final Random random = new Random(SEED);
  private final Jdk jdk = Jdks.running();
  private final Jdk newest = Jdks.found().get(Jdks.found().size() - 1);
  private final Map<RunningProgram, List<String>> customers = new LinkedHashMap<>();
  private final Map<String, String> expected = new HashMap<>();
  private final List<String> open = new ArrayList<>();
  private Cli cli;
  private Agent agent;
  private Path files;
  private RunningProgram node;
  private RunningProgram first;
  private RunningProgram second;
  private String port;
  private int planted;
  private int killed;

  @Test
  @Timeout(value = Integer.MAX_VALUE, unit = TimeUnit.SECONDS)
  void underLoadNothingOfOursGrowsAndWhatIsPlantedIsFound() throws Exception {
    System.out.println("soak of " + SECONDS + " s, -Dquicksilver.seed=" + SEED);
    open();
    load(Duration.ofSeconds(Math.max(5, Math.min(60, SECONDS / 4))));
    State before = atRest();
    load(Duration.ofSeconds(SECONDS));
    State after = atRest();
    System.out.printf(
        "%,d handles opened by %s, %d customers killed, %d leaks planted; disk %,d -> %,d bytes%n",
        after.handled - before.handled, newest, killed, planted, before.disk, after.disk);
    assertEquals(List.of(), growth(before, after));
    assertFoundAndNothingElse();
    Transparency.assertNoFaults(room.home());
  }

  private void open() throws IOException {
    cli = Cli.of(room, jdk);
    agent = Agent.linked(room.home()).with("policy=*=observe@" + GRACE);
    files = room.empty("files");
    node = room.start(steady(cli.program("node")));
    node.awaitLine("");
    second = depot(jdk, room.empty("second"));
    String other = second.awaitLine("listening on ");
    first = depot(newest, room.empty("first"), other);
    port = first.awaitLine("listening on ");
  }

  private RunningProgram depot(Jdk on, Object... arguments) throws IOException {
    return room.start(steady(JavaProgram.of(on, Depot.class).agent(agent).arguments(arguments)));
  }

  /** Takes all its heap at once, so that what comes on top of it can be told. */
  private static JavaProgram steady(JavaProgram program) {
    return program.option(
        "-Xms96m",
        "-Xmx96m",
        "-XX:+UseSerialGC",
        "-XX:+AlwaysPreTouch",
        "-XX:NativeMemoryTracking=summary");
  }

  private void load(Duration time) throws Exception {
    long until = System.nanoTime() + time.toNanos();
    for (int turn = 1; System.nanoTime() - until < 0; turn++) {
      while (customers.size() < CUSTOMERS) {
        customers.put(customer(), new ArrayList<>());
      }
      RunningProgram one = new ArrayList<>(customers.keySet()).get(random.nextInt(CUSTOMERS));
      plant(one);
      if (random.nextBoolean()) {
        leave(one);
      }
      if (turn % LOOK_EVERY == 0) {
        withdraw();
      }
    }
    while (!customers.isEmpty()) {
      leave(customers.keySet().iterator().next());
    }
  }

  private RunningProgram customer() throws IOException {
    RunningProgram customer =
        room.start(
            JavaProgram.of(jdk, DepotCustomer.class)
                .quick()
                .agent(agent)
                .arguments(port, CONNECTIONS));
    customer.awaitLine("ready");
    return customer;
  }

  private void plant(RunningProgram customer) throws IOException {
    Path leak = Files.createFile(files.resolve("leak-" + ++planted));
    customer.tell("keep " + leak);
    customer.awaitLine("done keep " + leak);
    customers.get(customer).add(leak.toString());
  }

  /** One of two ways. */
  private void leave(RunningProgram customer) throws Exception {
    boolean kills = random.nextBoolean();
    if (kills) {
      customer.kill();
      killed++;
    } else {
      customer.endInput();
      assertEquals(0, customer.awaitExit().exitCode());
    }
    assertTrue(!customer.stdout().contains("failed"), customer::stdout);
    for (String leak : customers.remove(customer)) {
      expected.put(leak, kills ? "ORPHAN" : "LEAK");
      open.add(leak);
    }
    room.forget(customer);
  }

  /** Some of those that were found. */
  private void withdraw() throws IOException {
    for (AuditLine leak : cli.leaks()) {
      if (random.nextInt(4) > 0 && open.remove(leak.what())) {
        say("close " + leak.what());
      }
    }
  }

  private String say(String line) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
    }
  }

  /** Until all that was planted was found and everything else is over; then what was is closed. */
  private void settle() throws Exception {
    Patience.until("all leaks").until(() -> cli.leaks().size() >= open.size());
    for (String leak : open) {
      say("close " + leak);
    }
    open.clear();
    Patience.until("no leaks").until(() -> cli.leaks().isEmpty());
    try {
      Patience.until("the end of all conversations").until(this::isAtRest);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("these never end: " + cli.run("tree").stdout(), e);
    }
  }

  /** Each of the two is a transaction, and so is each connection between them. */
  private boolean isAtRest() throws IOException {
    return first.descriptors().connections() == POOLED
        && second.descriptors().connections() == POOLED
        && cli.count("transactions") == 2 + POOLED;
  }

  /**
   * What there is while nothing is going on.
   *
   * @param remembered how many transactions the node remembers, although they have ended
   */
  private record State(Map<String, Vitals> vitals, long handled, long disk, long remembered) {}

  private State atRest() throws Exception {
    settle();
    if (SECONDS >= LONG) {
      await("the node to forget what was committed")
          .atMost(Patience.LONG.multipliedBy(3))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> !cli.json("tx", "list", "--all").toString().contains("COMMITTED"));
    }
    Map<String, Vitals> vitals = new LinkedHashMap<>();
    vitals.put(DEPOT + newest, Vitals.of(newest, first.pid()));
    vitals.put(DEPOT + jdk, Vitals.of(jdk, second.pid()));
    vitals.put(NODE, Vitals.of(jdk, node.pid()));
    long handled = Long.parseLong(say("count"));
    return new State(
        vitals, handled, disk(), cli.json("tx", "list", "--all").getAsJsonArray().size());
  }

  private static List<String> growth(State before, State after) {
    List<String> grown = new ArrayList<>();
    Map<String, Allowance> allowances = new HashMap<>();
    before.vitals.keySet().forEach(name -> allowances.put(name, TURNS));
    // Aborted ones are remembered for an hour, each with its links and participants.
    long remembered = Math.max(0, after.remembered - before.remembered);
    allowances.put(NODE, new Allowance(100 + 8 * remembered, 6 << 20, 48 << 20));
    after.vitals.forEach(
        (name, now) -> {
          Vitals then = before.vitals.get(name);
          System.out.println(name + " before: " + then);
          System.out.println(name + " after:  " + now);
          now.growthSince(then, allowances.get(name))
              .forEach(line -> grown.add(name + ": " + line));
        });
    if (after.disk > before.disk + LOGS) {
      grown.add("disk: " + before.disk + " -> " + after.disk);
    }
    return grown;
  }

  /** What the home takes up on the disk. */
  private long disk() throws IOException {
    try (Stream<Path> all = Files.walk(room.home())) {
      long sum = 0;
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        sum += ((Number) Files.getAttribute(file, "unix:size")).longValue();
      }
      return sum;
    }
  }

  private void assertFoundAndNothingElse() {
    Map<String, List<String>> found = new HashMap<>();
    for (AuditLine line : cli.audit()) {
      found.computeIfAbsent(line.what(), what -> new ArrayList<>()).add(line.event());
      if (!line.event().equals("WITHDRAWN")) {
        assertTrue(line.stack().stream().anyMatch(f -> f.contains("Depot.answer")), line::toString);
      }
    }
    Map<String, List<String>> planned = new HashMap<>();
    expected.forEach((leak, event) -> planned.put(leak, List.of(event, "WITHDRAWN")));
    assertEquals(planned, found, "found, by what was planted; -Dquicksilver.seed=" + SEED);
  }
}
