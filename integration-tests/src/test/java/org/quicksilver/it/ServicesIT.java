package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The file system made of services; one of them is killed in the middle. */
class ServicesIT {

  @RegisterExtension final Room room = new Room();

  private Outcome demo(Jdk jdk, String... more) throws Exception {
    JavaProgram demo =
        JavaProgram.of(jdk, "aware.services.Demo")
            .classPath(Places.aware())
            .quick()
            .option("-Djava.io.tmpdir=" + room.directory());
    Object[] arguments = new Object[more.length + 1];
    arguments[0] = Places.quicksilver();
    System.arraycopy(more, 0, arguments, 1, more.length);
    return room.run(demo.arguments(arguments));
  }

  @OnEachJdk
  void whenTheClientIsKilledAllServicesGiveBackWhatTheyHeld(Jdk jdk) throws Exception {
    Outcome outcome = demo(jdk, "client", "agent");
    assertEquals(0, outcome.exitCode(), outcome::stdout);
    assertTrue(outcome.stdout().contains("gives back window 'letters'"), outcome::stdout);
    assertTrue(outcome.stdout().contains("gives back draft of 'bread'"), outcome::stdout);
  }

  @OnEachJdk
  void whenADataServerIsKilledTheTransactionOfTheClientIsAborted(Jdk jdk) throws Exception {
    Outcome outcome = demo(jdk, "data-1");
    assertEquals(0, outcome.exitCode(), outcome::stdout);
    assertTrue(outcome.stdout().contains("client     aborted: transaction"), outcome::stdout);
  }
}
