package org.quicksilver.benchmark.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.quicksilver.Quicksilver;
import org.quicksilver.Transaction;
import org.quicksilver.benchmark.Directories;
import org.quicksilver.benchmark.Java;
import org.quicksilver.benchmark.Median;
import org.quicksilver.queue.ServiceQueue;
import org.quicksilver.queue.ServiceQueues;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what a call costs, beside gRPC-java and a bare socket, and what is promised. */
@Command(
    name = "figures queues",
    mixinStandardHelpOptions = true,
    description = "Measures calls through service queues beside gRPC-java and a bare socket.",
    exitCodeOnExecutionException = 10,
    footer = {"", "Exit codes: 0 every figure is as promised, 1 one is not, 2 usage, 10 failed."})
public final class QueueFigures implements Callable<Integer> {

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "rounds, everything in turn; the median counts (default 5)")
  private int rounds;

  @Option(
      names = "--calls",
      defaultValue = "30000",
      description = "calls of each measurement (default 30000)")
  private int calls;

  @Option(
      names = "--servers",
      defaultValue = "1000",
      description = "servers of one queue in the crowd, 40 in a JVM (default 1000)")
  private int servers;

  @Option(names = "--agent", required = true, description = "quicksilver.jar")
  private Path agent;

  private static final int SERVERS_OF_A_JVM = 40;

  private boolean kept = true;
  private final List<Process> processes = new ArrayList<>();

  private QueueFigures() {}

  /** The command. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new QueueFigures()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("queues");
    node(directory.resolve("home"));
    try (Quicksilver quicksilver = Quicksilver.open(directory.resolve("home"));
        ServiceQueues queues = ServiceQueues.of(quicksilver)) {
      System.out.printf(
          Locale.ROOT, "%-52s %10s %10s %8s%n", "64 bytes, two JVMs", "ours", "other", "ratio");
      int port = server(directory, directory.resolve("raw"), 0);
      calls(quicksilver, queues, directory.resolve("raw"), port);
      forces(queues, directory.resolve("home"));
      crowds(queues, directory);
    } finally {
      end();
      Directories.delete(directory);
    }
    return kept ? 0 : 1;
  }

  private void end() {
    processes.forEach(Process::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }

  private void node(Path home) throws IOException {
    start("node ready", "-jar", agent.toString(), "node", "--home", home.toString());
  }

  private int server(Path directory, Path raw, int more) throws IOException {
    String line =
        start(
            "running",
            "-cp",
            System.getProperty("java.class.path"),
            EchoServer.class.getName(),
            directory.resolve("home").toString(),
            raw.toString(),
            Integer.toString(more));
    return Integer.parseInt(line.substring(line.indexOf(' ') + 1));
  }

  private String start(String ready, String... arguments) throws IOException {
    Java.Started started = Java.start(ready, Map.of("QUICKSILVER_LINGER", "0"), arguments);
    processes.add(started.process());
    return started.line();
  }

  private interface Measure {
    double of(Caller caller) throws Exception;
  }

  private void calls(Quicksilver quicksilver, ServiceQueues queues, Path raw, int port)
      throws Exception {
    List<List<Double>> micros = columns(5);
    List<List<Double>> rates = columns(2);
    try (RawCaller floor = new RawCaller(raw, 64);
        GrpcCaller grpc = new GrpcCaller(port);
        QueueCaller ours = new QueueCaller(queues.queue("echo"), null);
        QueueCaller durable = new QueueCaller(queues.queue("durable"), null)) {
      for (int round = 0; round < rounds; round++) {
        micros.get(0).add(Meter.medianMicros(ours, calls));
        micros.get(1).add(Meter.medianMicros(floor, calls));
        micros.get(2).add(Meter.medianMicros(grpc, calls));
        micros.get(3).add(inTransaction(quicksilver, queues.queue("echo")));
        micros.get(4).add(Meter.medianMicros(durable, calls / 20));
        rates.get(0).add(Meter.perSecond(ours, calls * 4));
        rates.get(1).add(Meter.perSecond(grpc, calls));
      }
    }
    most("median us of a call, to a bare socket's", micros.get(0), micros.get(1), 2);
    most("the same, to gRPC's", micros.get(0), micros.get(2), 0.5);
    most("carrying a transaction, to the same without", micros.get(3), micros.get(0), 1.03);
    least("calls/s, 64 in flight, to gRPC's", rates.get(0), rates.get(1), 5);
    row("median us of a durable call, to the same volatile", micros.get(4), micros.get(0), null);
  }

  private double inTransaction(Quicksilver quicksilver, ServiceQueue queue) throws Exception {
    Transaction transaction = quicksilver.begin();
    try (QueueCaller caller = new QueueCaller(queue, transaction)) {
      return Meter.medianMicros(caller, calls);
    }
  }

  /** How often the log is forced for a call, one at a time and 64 in flight. */
  private void forces(ServiceQueues queues, Path home) throws Exception {
    int durable = calls / 20;
    try (QueueCaller caller = new QueueCaller(queues.queue("durable"), null)) {
      Forces log = new Forces(home);
      long before = log.count();
      Meter.medianMicros(caller, durable);
      long between = log.count();
      Meter.perSecond(caller, durable);
      long after = log.count();
      double asked = durable + durable / 5;
      mostEach("forces of the log for a durable call", (between - before) / asked, 1);
      mostEach("the same, 64 in flight", (after - between) / asked, 1);
    }
  }

  private void mostEach(String name, double each, double promised) {
    System.out.printf(Locale.ROOT, "%-52s %10.2f %10s %8s  <= %.1f", name, each, "", "", promised);
    // The log marks now and then how far it is needed: less than a hundredth of a force.
    judge(Math.round(each * 100) <= Math.round(promised * 100));
  }

  private void crowds(ServiceQueues queues, Path directory) throws Exception {
    ServiceQueue echo = queues.queue("echo");
    List<Double> alone = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      alone.add(Meter.medianMicros(new QueueCaller(echo, null), calls));
    }
    server(directory, directory.resolve("raw2"), 10_000);
    for (int i = 1; i <= 10_000; i++) {
      queues.queue("more" + i);
    }
    flat("median us with 10,000 queues, to one", alone, queues.queue("more10000"));
    ServiceQueue crowd = crowd(queues, directory);
    flat("median us of a queue of " + servers + " servers, to one of one", alone, crowd);
    flat("median us beside " + servers + " servers, to before", alone, echo);
    for (int i = 0; i < 100_000; i++) {
      queues.queue("hold").callAsync(new byte[64]);
    }
    flat("median us with 100,000 open requests, to none", alone, echo);
  }

  /** What a call takes now, to what it took before there was a crowd. */
  private void flat(String name, List<Double> alone, ServiceQueue now) throws Exception {
    List<Double> micros = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      micros.add(Meter.medianMicros(new QueueCaller(now, null), calls));
    }
    most(name, micros, alone, 2);
  }

  /** A queue that so many servers offer, each a process as far as its node knows. */
  private ServiceQueue crowd(ServiceQueues queues, Path directory) throws Exception {
    ServiceQueue crowd = queues.queue("crowd");
    for (int left = servers; left > 0; left -= SERVERS_OF_A_JVM) {
      start(
          "running",
          "-Xmx128m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-cp",
          System.getProperty("java.class.path"),
          CrowdServer.class.getName(),
          directory.resolve("home").toString(),
          Integer.toString(Math.min(left, SERVERS_OF_A_JVM)));
    }
    while (crowd.offers() < servers) {
      Thread.sleep(100);
    }
    return crowd;
  }

  private static List<List<Double>> columns(int count) {
    List<List<Double>> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(new ArrayList<>());
    }
    return columns;
  }

  private void most(String name, List<Double> ours, List<Double> other, double promised) {
    judge(row(name, ours, other, "<= " + promised) <= promised);
  }

  private void least(String name, List<Double> ours, List<Double> other, double promised) {
    judge(row(name, ours, other, ">= " + promised) >= promised);
  }

  private void judge(boolean asPromised) {
    kept &= asPromised;
    System.out.println(asPromised ? "  kept" : "  NOT KEPT");
  }

  private double row(
      String name, List<Double> ours, List<Double> other, @Nullable String promised) {
    double ratio = Median.ofRatios(ours, other);
    System.out.printf(
        Locale.ROOT,
        "%-52s %10.1f %10.1f %8.2f  %s",
        name,
        Median.of(ours),
        Median.of(other),
        ratio,
        promised == null ? "not promised\n" : promised);
    return ratio;
  }
}
