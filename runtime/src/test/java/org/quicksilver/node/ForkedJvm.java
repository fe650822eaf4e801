package org.quicksilver.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.quicksilver.config.Home;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.transaction.TransactionId;

/**
 * A forked JVM that runs {@link FakeJvm}, seen from the test. Dies with the test: at the end of its
 * standard input.
 */
final class ForkedJvm implements AutoCloseable {

  private final Process process;
  private final OutputStream in;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final int incarnation;
  private final long nodeId;
  private final AtomicLong sequence = new AtomicLong(1);

  ForkedJvm(Home home, String policies) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(java(FakeJvm.class, home.directory().toString(), policies))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    in = process.getOutputStream();
    Thread reader = new Thread(this::read, "reader of " + process.pid());
    reader.setDaemon(true);
    reader.start();
    incarnation = Integer.parseInt(line().split(" ")[1]);
    nodeId = home.nodeId();
  }

  ForkedJvm(Home home) throws IOException, InterruptedException {
    this(home, "");
  }

  static List<String> java(Class<?> main, String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dsun.misc.unsafe.memory.access=allow"));
    for (String open :
        List.of("java.lang.reflect", "sun.nio.ch", "jdk.internal.ref", "jdk.internal.util")) {
      command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(args));
    return command;
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        (line.startsWith("got ") ? messages : lines).add(line);
      }
    } catch (IOException e) {
      // It is dead.
    }
  }

  private String line() throws InterruptedException {
    String line = lines.poll(20, TimeUnit.SECONDS);
    if (line == null) {
      throw new AssertionError("process " + process.pid() + " says nothing");
    }
    return line;
  }

  /** Has it do something and waits until it has. */
  void tell(Object... words) throws IOException, InterruptedException {
    order(words);
    line();
  }

  private void order(Object... words) throws IOException {
    String line = String.join("\t", Arrays.stream(words).map(String::valueOf).toList()) + "\n";
    in.write(line.getBytes(StandardCharsets.UTF_8));
    in.flush();
  }

  ForkedJvm connected() throws IOException, InterruptedException {
    tell("connect");
    return this;
  }

  void open(HandleKind kind, TransactionId tid, String what, long extra)
      throws IOException, InterruptedException {
    tell("open", kind, tid, what, extra);
  }

  void connectTo(TransactionId tid, String local, String remote)
      throws IOException, InterruptedException {
    open(HandleKind.SOCKET, tid, local + " -> " + remote, 0);
  }

  void accepted(TransactionId provisional, String local, String remote)
      throws IOException, InterruptedException {
    tell("accepted", provisional, local, remote);
  }

  /**
   * Waits for a message whose text contains this; those before it are dropped. Returns when it
   * came, milliseconds since 1970.
   */
  long await(String text) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (true) {
      String line = messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new AssertionError("no " + text + " came to process " + process.pid());
      }
      if (line.contains(text)) {
        return Long.parseLong(line.split(" ")[1]);
      }
    }
  }

  int incarnation() {
    return incarnation;
  }

  TransactionId issue() {
    return new TransactionId(nodeId, incarnation, sequence.incrementAndGet());
  }

  TransactionId process() {
    return new TransactionId(nodeId, incarnation, 1);
  }

  long pid() {
    return process.pid();
  }

  /** Leaves in order. */
  void leave() throws IOException, InterruptedException {
    order("leave");
    process.waitFor();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** {@code STOP} or {@code CONT}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
