package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The window that a legacy server shows for a client goes with the client. */
class WindowIT {

  @RegisterExtension final Room room = new Room();

  @OnEachJdk
  void windowOfAKilledClientIsClosedAndTheOthersStay(Jdk jdk) throws Exception {
    Display display = Display.open(room, jdk);
    Cli cli = Cli.of(room, jdk);
    RunningProgram server = start(jdk, display, "legacy.WindowServer", 0);
    String port = server.awaitLine("listening on ");
    RunningProgram victim = start(jdk, display, "legacy.WindowClient", port, "first");
    RunningProgram survivor = start(jdk, display, "legacy.WindowClient", port, "second");
    victim.awaitLine("holding");
    survivor.awaitLine("holding");
    assertEquals("OK 2", windows(port));
    Patience.until("the links of both").until(() -> cli.count("links") == 2);
    victim.kill();
    Patience.until("one window").until(() -> windows(port).equals("OK 1"));
    List<AuditLine> audit = cli.awaitAudit(2);
    assertEquals(
        List.of("SOCKET", "WINDOW"), audit.stream().map(AuditLine::kind).sorted().toList());
    assertTrue(audit.stream().anyMatch(line -> line.what().contains("first")), audit::toString);
    survivor.tell("close");
    assertEquals(0, survivor.awaitExit().exitCode(), survivor::toString);
    assertEquals("OK 0", windows(port));
    assertEquals(2, cli.audit().size());
    assertEquals("", server.stderr());
    Transparency.assertNoFaults(room.home());
  }

  private RunningProgram start(Jdk jdk, Display display, String main, Object... arguments)
      throws IOException {
    return room.start(
        JavaProgram.of(jdk, main)
            .classPath(Places.legacy().toString())
            .environment("DISPLAY", display.toString())
            .agent(Agent.linked(room.home()).with("policy=*=reclaim@0s"))
            .arguments(arguments));
  }

  /** How many the server shows; asked by a stranger who leaves in order. */
  private static String windows(String port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      socket.getOutputStream().write("COUNT\nQUIT\n".getBytes(StandardCharsets.UTF_8));
      String count = in.readLine();
      assertEquals("BYE", in.readLine());
      return count;
    }
  }
}
