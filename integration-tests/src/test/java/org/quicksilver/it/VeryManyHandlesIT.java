package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.ManyLocks;

/** A node with little memory serves a JVM with more handles than it could ever hold in it. */
@Timeout(180)
class VeryManyHandlesIT {

  private static final int LOCKS = 80_000;
  private static final int EACH_FILE = 250;
  private static final int FILES = LOCKS / EACH_FILE;

  @RegisterExtension final Room room = new Room();

  private final Jdk jdk = Jdks.running();

  @Test
  void allAreListedTheTreeIsShortAndTheirDeathIsSettled() throws Exception {
    RunningProgram program =
        room.start(
            JavaProgram.of(jdk, ManyLocks.class)
                .agent(Agent.linked(room.home()).with("node-heap=32m"))
                .arguments(room.empty("files"), LOCKS));
    program.awaitLine("ready");
    Cli cli = Cli.of(room, jdk);
    long node = cli.awaitNode(0);
    Patience.until("its JVM").until(() -> cli.jvms().equals(List.of(program.pid())));
    assertEquals(LOCKS + FILES, cli.json("handles").getAsJsonArray().size());
    assertEquals(LOCKS, cli.json("handles", "--kind", "lock").getAsJsonArray().size());
    JsonArray trees = cli.json("tree").getAsJsonArray();
    assertEquals(1, trees.size());
    JsonObject tree = trees.get(0).getAsJsonObject();
    assertEquals(LOCKS + FILES, tree.get("handleCount").getAsInt());
    assertTrue(tree.getAsJsonArray("handles").size() < FILES);
    program.kill();
    Patience.until("the end of its breadcrumbs")
        .until(() -> Listing.of(room.home().resolve("jvms")).isEmpty());
    assertEquals(List.of(), cli.jvms());
    assertEquals(node, cli.count("pid"));
    assertEquals(0, cli.count("faults"));
    Transparency.assertNoFaults(room.home());
  }
}
