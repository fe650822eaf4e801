package org.quicksilver.it;

import java.io.IOException;
import org.quicksilver.it.subject.Speaker;

/** Clients that keep their connections and say what they are told. */
final class Speakers {

  private Speakers() {}

  /** One that is connected to these ports. */
  static RunningProgram start(Room room, Jdk jdk, Agent agent, Object... ports) throws IOException {
    RunningProgram speaker =
        room.start(JavaProgram.of(jdk, Speaker.class).quick().agent(agent).arguments(ports));
    speaker.awaitLine("connected");
    return speaker;
  }

  /** Says it to the first of its servers, and awaits the answer. */
  static void ask(RunningProgram speaker, String line) throws IOException {
    speaker.tell("0 " + line);
    speaker.awaitLine("answered 0 " + line);
  }
}
