package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.DeepStacks;
import org.quicksilver.it.subject.HastyOpener;

/** Opening stacks are whole and those of the very handle, however deep and however many. */
class DeepStacksIT {

  private static final int DEPTHS = 13;
  private static final int WAYS = 3;
  private static final int TIMES = 5;

  private static final String OTHER =
      "org.quicksilver.agent.StackBudget.other(opened by this thread before)";

  @RegisterExtension final Room room = new Room();

  /** The program itself writes its own stack, of the same line, into each file. */
  @OnEachJdk
  void openingStackIsTheProgramsOwnToTheLastFrame(Jdk jdk) throws Exception {
    Path directory = Files.createDirectory(room.directory().resolve("files"));
    JavaProgram program = JavaProgram.of(jdk, DeepStacks.class).quick();
    RunningProgram deep = room.start(program.agent(Agent.linked(room.home())).arguments(directory));
    deep.awaitLine("ready");
    int threads = jdk.feature() >= 21 ? 2 : 1;
    int expected = threads * WAYS * DEPTHS * TIMES;
    Cli cli = Cli.of(room, jdk);
    List<JsonObject> handles =
        Patience.until("the stacks")
            .until(
                () -> files(cli, deep, directory),
                found ->
                    found.size() == expected
                        && found.stream()
                            .noneMatch(h -> h.get("stack").getAsJsonArray().isEmpty()));
    for (JsonObject handle : handles) {
      String file = handle.get("what").getAsString();
      List<String> frames = stack(handle);
      List<String> own = Files.readAllLines(Path.of(file));
      int ofTheJdk = frames.size() - own.size();
      assertTrue(ofTheJdk > 0, () -> file + ": " + frames);
      assertEquals(own, frames.subList(ofTheJdk, frames.size()), file);
      frames
          .subList(0, ofTheJdk)
          .forEach(f -> assertTrue(f.startsWith("java.io.FileInputStream.")));
    }
  }

  @OnEachJdk
  void whoOpensWithoutPauseSaysWhichStacksAreOfAnotherFile(Jdk jdk) throws Exception {
    Path file = Files.createFile(room.empty("files").resolve("file"));
    Agent agent = Agent.linked(room.home()).with("stack-budget=1");
    RunningProgram hasty =
        room.start(JavaProgram.of(jdk, HastyOpener.class).quick().agent(agent).arguments(file));
    hasty.awaitLine("ready");
    Cli cli = Cli.of(room, jdk);
    List<List<String>> stacks =
        Patience.until("the stacks")
            .until(
                () ->
                    files(cli, hasty, file.getParent()).stream().map(DeepStacksIT::stack).toList(),
                found -> found.size() == 50 && found.stream().noneMatch(List::isEmpty));
    assertTrue(stacks.stream().anyMatch(stack -> stack.get(0).equals(OTHER)), stacks::toString);
    for (List<String> stack : stacks) {
      List<String> frames = stack.subList(stack.get(0).equals(OTHER) ? 1 : 0, stack.size());
      assertTrue(frames.get(0).startsWith("java.io.FileInputStream."), stack::toString);
      assertTrue(frames.size() > 100, stack::toString);
    }
    assertEquals("", hasty.stderr());
  }

  private static List<String> stack(JsonObject handle) {
    return handle.get("stack").getAsJsonArray().asList().stream()
        .map(JsonElement::getAsString)
        .toList();
  }

  private static List<JsonObject> files(Cli cli, RunningProgram program, Path directory) {
    return cli.handles(program.pid()).stream()
        .filter(handle -> handle.get("what").getAsString().startsWith(directory + "/"))
        .toList();
  }
}
