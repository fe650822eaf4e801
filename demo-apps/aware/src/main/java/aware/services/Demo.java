package aware.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.quicksilver.Quicksilver;
import org.quicksilver.queue.CallException;
import org.quicksilver.queue.ServiceQueues;

/**
 * Starts a node, the five services and a client; kills one of them in the middle of the client's
 * transaction; looks whether all others have given back what they held. Arguments: {@code
 * quicksilver.jar}, then whom to kill: client, windows, files, directory, data-1, data-2 or nobody;
 * then {@code agent} if all of them are to run with the agent.
 */
public final class Demo {

  private static final List<String> SERVICES =
      List.of("windows", "files", "directory", "data-1", "data-2");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path jar;
  private final Path home;
  private final Path files;
  private final boolean withAgent;
  private final Map<String, Actor> actors = new LinkedHashMap<>();

  private Demo(Path jar, Path directory, boolean withAgent) throws IOException {
    this.jar = jar;
    this.withAgent = withAgent;
    this.home = directory.resolve("home");
    this.files = Files.createDirectory(directory.resolve("files"));
  }

  public static void main(String[] arguments) throws Exception {
    String victim = arguments.length > 1 ? arguments[1] : "client";
    if (!victim.equals("nobody") && !victim.equals("client") && !SERVICES.contains(victim)) {
      System.err.println("demo: nobody here is called '" + victim + "'");
      System.exit(2);
    }
    boolean withAgent = arguments.length > 2 && arguments[2].equals("agent");
    Path directory = Files.createTempDirectory("services");
    Demo demo = new Demo(Path.of(arguments[0]), directory, withAgent);
    boolean isClean = false;
    try {
      isClean = demo.play(victim);
    } finally {
      demo.killAll();
    }
    System.exit(isClean ? 0 : 1);
  }

  private boolean play(String victim) throws Exception {
    start("node", "-jar", jar.toString(), "node", "--home", home.toString()).await("node ready");
    for (String name : SERVICES) {
      start(name, classPath(ServiceProgram.class, name, home.toString(), files.toString()));
    }
    for (String name : SERVICES) {
      actor(name).await("ready");
    }
    Actor client = start("client", classPath(Client.class, home.toString()));
    String transaction = client.await("ready").substring("ready ".length());
    try (Quicksilver quicksilver = Quicksilver.open(home);
        ServiceQueues queues = ServiceQueues.of(quicksilver)) {
      show("what they hold", held(queues));
      // Who takes part for longer than a moment registers by itself, and is seen.
      Thread.sleep(200);
      command("tx", "tree", transaction);
      command("queues");
      end(victim, client);
      boolean isClean = awaitClean(queues);
      show("what they hold now", held(queues));
      show("files", list());
      return isClean && areFilesRight(victim);
    }
  }

  /** The node last: an agent that outlived it would start another. */
  private void killAll() throws InterruptedException {
    List<Actor> all = new ArrayList<>(actors.values());
    Collections.reverse(all);
    for (Actor actor : all) {
      actor.kill();
    }
  }

  private Actor start(String name, String... command) throws IOException {
    Actor actor = new Actor(name, List.of(command));
    actors.put(name, actor);
    return actor;
  }

  private Actor actor(String name) {
    return Optional.ofNullable(actors.get(name)).orElseThrow();
  }

  private String[] classPath(Class<?> main, String... arguments) {
    Stream<String> agent =
        withAgent ? Stream.of("-javaagent:" + jar + "=home=" + home) : Stream.empty();
    Stream<String> program =
        Stream.of("-cp", System.getProperty("java.class.path"), main.getName());
    return Stream.of(agent, program, Stream.of(arguments))
        .flatMap(each -> each)
        .toArray(String[]::new);
  }

  private static void show(String title, String text) {
    System.out.println("\n" + title + "\n" + text);
  }

  private String held(ServiceQueues queues) throws InterruptedException {
    StringBuilder all = new StringBuilder();
    for (String name : SERVICES) {
      if (actor(name).isAlive()) {
        all.append(String.format("  %-10s %s%n", name, held(queues, name)));
      }
    }
    return all.toString();
  }

  private static String held(ServiceQueues queues, String name) throws InterruptedException {
    try {
      byte[] answer = queues.queue(name).call("held".getBytes(StandardCharsets.UTF_8), PATIENCE);
      return new String(answer, StandardCharsets.UTF_8);
    } catch (CallException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void command(String... words) throws Exception {
    System.out.println("\nquicksilver " + String.join(" ", words));
    String[] all =
        Stream.of(
                Stream.of("-jar", jar.toString()),
                Stream.of(words),
                Stream.of("--home", home.toString()))
            .flatMap(each -> each)
            .toArray(String[]::new);
    Actor command = start("", all);
    while (command.isAlive()) {
      Thread.sleep(20);
    }
  }

  private void end(String victim, Actor client) throws Exception {
    if (!victim.equals("nobody")) {
      System.out.println("\nkill -9 " + victim);
      actor(victim).kill();
    }
    if (!victim.equals("client")) {
      client.say("commit");
      client.await(victim.equals("nobody") ? "committed" : "aborted");
    }
  }

  private boolean awaitClean(ServiceQueues queues) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      boolean isClean = true;
      for (String name : SERVICES) {
        isClean &= !actor(name).isAlive() || held(queues, name).equals("nothing");
      }
      if (isClean) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  private String list() throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      List<String> names = all.map(file -> "  " + file.getFileName()).sorted().toList();
      return names.isEmpty() ? "  none" : String.join("\n", names);
    }
  }

  /** All of them, or, but for the draft of a dead data server, none. */
  private boolean areFilesRight(String victim) throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      long count =
          all.map(file -> file.getFileName().toString())
              .filter(name -> !(name.startsWith(victim) && name.endsWith(".draft")))
              .count();
      return count == (victim.equals("nobody") ? 4 : 0);
    }
  }
}
