package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.JMeterDesk;

/** JMeter's editor: some thousand classes of windows, menus, fonts and panels. */
@Timeout(150)
class SwingIT {

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void largeEditorIsUnchangedAndItsWindowIsKnown(Jdk jdk) throws Exception {
    Display display = Display.open(room, jdk);
    Agent agent = Agent.linked(room.home()).with("policy=*=reclaim+leaks@1s");
    Cli cli = Cli.of(room, jdk);
    Transparency.of(room, jdk).agent(agent).holdsFor(stage -> edit(stage, display, cli));
    Patience.until("its end").until(() -> cli.jvms().isEmpty());
    assertEquals(List.of(), cli.audit());
  }

  private static void edit(Stage stage, Display display, Cli cli) throws Exception {
    JavaProgram program =
        stage
            .program(JMeterDesk.class)
            .quick()
            .everyLibrary()
            .option("-Djava.util.prefs.userRoot=" + stage.directory())
            .environment("DISPLAY", display.toString())
            .arguments(stage.directory().resolve("desk"));
    RunningProgram desk = stage.start(program);
    desk.awaitLine("ready");
    if (stage.hasAgent()) {
      List<String> titles =
          cli.handles(desk.pid()).stream()
              .filter(handle -> handle.get("kind").getAsString().equals("WINDOW"))
              .map(SwingIT::what)
              .toList();
      assertTrue(titles.stream().anyMatch(t -> t.contains("Apache JMeter")), titles::toString);
    }
    desk.tell("end");
    assertEquals(0, stage.ended("desk", desk).exitCode(), desk::toString);
  }

  private static String what(JsonObject handle) {
    return handle.get("what").getAsString();
  }
}
