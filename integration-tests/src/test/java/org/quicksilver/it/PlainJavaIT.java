package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quicksilver.it.subject.DroppedHandles;
import org.quicksilver.it.subject.ExitCode;
import org.quicksilver.it.subject.Failures;
import org.quicksilver.it.subject.JdkTour;

/**
 * Every door of the JDK that is intercepted, in order and out of order, does the same with the
 * agent as without.
 */
class PlainJavaIT {

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void filesSocketsTasksAndChildrenAreUnchanged(Jdk jdk) throws Exception {
    Transparency.of(room, jdk).holdsFor(PlainJavaIT::tour);
  }

  private static void tour(Stage stage) throws Exception {
    JavaProgram tour = stage.program(JdkTour.class).arguments(stage.directory());
    assertEquals(0, stage.run(tour).exitCode());
  }

  @OnEachJdk
  void allOfItWithoutStacksIsUnchanged(Jdk jdk) throws Exception {
    Agent agent = Agent.alone(room.home()).with("stack=off").with("cache=off");
    Transparency.of(room, jdk).agent(agent).holdsFor(PlainJavaIT::tour);
  }

  @OnEachJdk
  void flightRecorderIsUnharmed(Jdk jdk) throws Exception {
    Transparency.of(room, jdk).holdsFor(PlainJavaIT::tourRecorded);
  }

  /** Flight Recorder transforms the same classes on 17 and 21. */
  private static void tourRecorded(Stage stage) throws Exception {
    Path recording = stage.directory().resolveSibling("tour.jfr");
    Files.deleteIfExists(recording);
    JavaProgram tour = stage.program(JdkTour.class).arguments(stage.directory());
    tour.option("-Xlog:jfr*=error", "-XX:StartFlightRecording:filename=" + recording);
    assertEquals(0, stage.run(tour).exitCode());
    assertTrue(Files.size(recording) > 0);
  }

  @OnEachJdk
  void failuresAreUnchangedToTheLineOfTheStack(Jdk jdk) throws Exception {
    Transparency.of(room, jdk)
        .holdsFor(
            stage -> {
              JavaProgram failures = stage.program(Failures.class).arguments(stage.directory());
              assertEquals(0, stage.run(failures).exitCode());
            });
  }

  @OnEachJdk
  void droppedHandlesAreCollectedAsEver(Jdk jdk) throws Exception {
    Transparency.of(room, jdk).holdsFor(PlainJavaIT::drop);
  }

  private static void drop(Stage stage) throws Exception {
    Path file = Files.writeString(stage.directory().resolve("file"), "text");
    Path zip = stage.directory().resolve("file.zip");
    new ZipOutputStream(Files.newOutputStream(zip)).close();
    JavaProgram dropper = stage.program(DroppedHandles.class).arguments(file, zip);
    Outcome outcome = stage.run(dropper.option("-Xmx64m", "-XX:+UseSerialGC"));
    assertEquals(0, outcome.exitCode());
    // Otherwise the collections were too few to show anything.
    assertTrue(outcome.stdout().contains("input stream: 0 left"), outcome::stdout);
  }

  @OnEachJdk
  void exitCodesAreUnchanged(Jdk jdk) throws Exception {
    Transparency.of(room, jdk)
        .holdsFor(
            stage -> {
              for (String code : new String[] {"0", "42", "255", "uncaught"}) {
                Outcome outcome = stage.run(stage.program(ExitCode.class).arguments(code));
                stage.keep(code, outcome);
              }
            });
  }
}
