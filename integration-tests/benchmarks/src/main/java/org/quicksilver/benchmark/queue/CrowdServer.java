package org.quicksilver.benchmark.queue;

import java.nio.file.Path;
import org.quicksilver.Quicksilver;
import org.quicksilver.queue.Request;
import org.quicksilver.queue.ServiceQueues;

/**
 * Many servers of one queue: each has a life of its own as far as its node and its clients know,
 * with its own control channel, socket and threads. Arguments: home, how many.
 */
final class CrowdServer {

  private CrowdServer() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    for (int i = Integer.parseInt(arguments[1]); i > 0; i--) {
      ServiceQueues.of(Quicksilver.open(home)).offer("crowd", Request::body);
    }
    System.out.println("running");
    while (System.in.read() >= 0) {}
    System.exit(0);
  }
}
