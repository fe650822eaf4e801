package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The command line of the distribution, as the owner of the room's home uses it. */
final class Cli {

  /** Exit code of {@code leaks} that has found some. */
  static final int FOUND = 1;

  static final int NO_NODE = 3;
  static final int RUNNING_ALREADY = 4;
  static final int NOT_FOUND = 5;
  static final int DENIED = 6;

  private static final Gson GSON = new Gson();

  private final Room room;
  private final Jdk jdk;

  private Cli(Room room, Jdk jdk) {
    this.room = room;
    this.jdk = jdk;
  }

  static Cli of(Room room, Jdk jdk) {
    return new Cli(room, jdk);
  }

  /** A command, to be started by who wants to. */
  JavaProgram program(String... words) {
    return JavaProgram.jar(jdk, Places.quicksilver())
        .quick()
        .arguments((Object[]) words)
        .arguments("--home", room.home());
  }

  /** Runs a command, and leaves its exit code to the caller. */
  Outcome run(String... words) {
    try {
      return room.run(program(words));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Runs a command that succeeds and complains of nothing; {@code leaks} may find some. Waits as
   * long as no node runs: on a busy machine one takes a while to start.
   */
  JsonElement json(String... words) {
    String[] all = Stream.concat(Stream.of(words), Stream.of("--json")).toArray(String[]::new);
    Outcome outcome =
        Patience.until("a node in " + room.home())
            .until(() -> run(all), answer -> answer.exitCode() != NO_NODE);
    boolean good =
        outcome.exitCode() == 0 || (outcome.exitCode() == FOUND && words[0].equals("leaks"));
    assertTrue(good, () -> String.join(" ", words) + ": " + outcome);
    assertEquals("", outcome.stderr(), () -> String.join(" ", words));
    return JsonParser.parseString(outcome.stdout());
  }

  /** The whole audit trail. */
  List<AuditLine> audit() {
    return List.of(
        GSON.fromJson(json("audit", "--from", "1", "--limit", "100000"), AuditLine[].class));
  }

  /** Waits until the audit trail is as it should be, and returns it. */
  List<AuditLine> awaitAudit(String what, Predicate<List<AuditLine>> condition) {
    return Patience.until("an audit trail of " + what).until(this::audit, condition);
  }

  /** Waits until the audit trail has that many lines, and returns them. */
  List<AuditLine> awaitAudit(int lines) {
    return awaitAudit(lines + " lines", audit -> audit.size() >= lines);
  }

  /** What outlived its transaction and is open. */
  List<AuditLine> leaks() {
    return List.of(GSON.fromJson(json("leaks"), AuditLine[].class));
  }

  JsonObject status() {
    return json("status").getAsJsonObject();
  }

  /** A number that {@code status} shows; 0 as long as no node runs. */
  long count(String name) {
    Outcome outcome = run("status", "--json");
    return outcome.exitCode() == NO_NODE
        ? 0
        : JsonParser.parseString(outcome.stdout()).getAsJsonObject().get(name).getAsLong();
  }

  /** Process ID of the node; waits until there is one that is not that. */
  long awaitNode(long formerPid) {
    return Patience.until("a node in " + room.home())
        .until(() -> count("pid"), pid -> pid != 0 && pid != formerPid);
  }

  /** Process IDs of the JVMs that live. */
  List<Long> jvms() {
    return objects(json("jvms")).map(jvm -> jvm.get("pid").getAsLong()).toList();
  }

  /** What a JVM holds open. */
  List<JsonObject> handles(long pid) {
    return objects(json("handles", "--jvm", Long.toString(pid))).toList();
  }

  /** The conversations in which a JVM takes part. */
  List<JsonObject> conversations(long pid) {
    return objects(json("tree", "--jvm", Long.toString(pid)))
        .filter(tree -> tree.get("kind").getAsString().equals("conversation"))
        .toList();
  }

  /** Whether another process is known to take part in a conversation of that JVM. */
  boolean isServed(long pid) {
    return conversations(pid).stream()
        .anyMatch(tree -> !tree.getAsJsonArray("participants").isEmpty());
  }

  private static Stream<JsonObject> objects(JsonElement array) {
    JsonArray elements = array.getAsJsonArray();
    return elements.asList().stream().map(JsonElement::getAsJsonObject);
  }
}
