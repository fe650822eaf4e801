package legacy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Opens a file at the {@link FileServer}, reads a little of it, prints {@code holding} and keeps it
 * open.
 */
public final class FileClient {
  private static final String USAGE =
      "legacy.FileClient <[host:]port of the file server> <file-name>";

  private FileClient() {}

  /**
   * Opens the file of the second argument at the server of the first. A line on standard input ends
   * it in order.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Usage.check(args, 2, USAGE);
    try {
      run(Address.parse(args[0]), args[1]);
    } catch (IllegalArgumentException e) {
      Usage.fail(USAGE, e.getMessage());
    }
  }

  private static void run(InetSocketAddress address, String name)
      throws IOException, InterruptedException {
    try (LineSocket server = LineSocket.connect(address)) {
      String id = server.ask("OPEN " + name).split(" ")[0];
      byte[] start = Base64.getDecoder().decode(server.ask("READ " + id + " 0 64"));
      System.out.println(new String(start, StandardCharsets.UTF_8).trim());
      Hold.untilTold();
      server.ask("CLOSE " + id);
      server.send("QUIT");
      server.readLine();
    }
  }
}
