package legacy;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Has the {@link WindowServer} show a window, prints {@code holding} and keeps it. */
public final class WindowClient {
  private static final String USAGE =
      "legacy.WindowClient <[host:]port of the window server> <title>";

  private WindowClient() {}

  /**
   * Opens a window with the title of the second argument. A line on standard input ends it in
   * order.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Usage.check(args, 2, USAGE);
    try {
      run(Address.parse(args[0]), args[1]);
    } catch (IllegalArgumentException e) {
      Usage.fail(USAGE, e.getMessage());
    }
  }

  private static void run(InetSocketAddress address, String title)
      throws IOException, InterruptedException {
    try (LineSocket server = LineSocket.connect(address)) {
      server.ask("OPEN " + title);
      server.ask("TEXT shown for process " + ProcessHandle.current().pid());
      Hold.untilTold();
      server.ask("CLOSE");
      server.send("QUIT");
      server.readLine();
    }
  }
}
