package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quicksilver.it.subject.Guest;
import org.quicksilver.it.subject.TidyServer;

/** A {@link TidyServer} and its {@link Guest}s: one file and one socket for each. */
final class Inn {

  /** Handles of the server for one guest. */
  static final int FOR_ONE = 2;

  private final Room room;
  private final Jdk jdk;
  private final Path files;
  private final RunningProgram server;
  private final String port;

  private Inn(Room room, Jdk jdk, JavaProgram program) throws IOException {
    this.room = room;
    this.jdk = jdk;
    files = room.empty("held");
    Path file = Files.writeString(files.resolve("file"), "x");
    server = room.start(program.quick().arguments(file));
    port = server.awaitLine("listening on ");
  }

  static Inn with(Room room, Jdk jdk, Agent agent) throws IOException {
    return new Inn(room, jdk, JavaProgram.of(jdk, TidyServer.class).agent(agent));
  }

  /** That an agent may be attached to later, without the JVM saying anything about it. */
  static Inn withoutAgent(Room room, Jdk jdk) throws IOException {
    return new Inn(
        room, jdk, JavaProgram.of(jdk, TidyServer.class).option("-XX:+EnableDynamicAgentLoading"));
  }

  RunningProgram server() {
    return server;
  }

  /** A guest that has been let in. */
  RunningProgram guest(Agent agent) throws IOException {
    RunningProgram guest =
        room.start(JavaProgram.of(jdk, Guest.class).quick().agent(agent).arguments(port));
    guest.awaitLine("connected");
    return guest;
  }

  /** How many guests the server keeps its file open for, by the kernel's account. */
  int filesOpen() {
    return server.descriptors().below(files).size();
  }
}
