package org.quicksilver.benchmark.queue;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.quicksilver.Quicksilver;
import org.quicksilver.queue.Request;
import org.quicksilver.queue.ServiceQueues;
import org.quicksilver.queue.Terms;

/**
 * The other process: echoes in every way. Arguments: home, socket of the raw echo, how many queues
 * to serve besides.
 */
final class EchoServer {

  private EchoServer() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    RawCaller.serve(Path.of(arguments[1]));
    int port = GrpcCaller.serve();
    ServiceQueues queues = ServiceQueues.of(Quicksilver.open(home));
    queues.offer("echo", Request::body);
    queues.offer("durable", Request::body, Terms.RECOVERABLE);
    CountDownLatch held = new CountDownLatch(1);
    Executor one = Executors.newSingleThreadExecutor();
    queues.offer("hold", request -> held(held), Terms.VOLATILE.on(one));
    for (int i = Integer.parseInt(arguments[2]); i > 0; i--) {
      queues.offer("more" + i, Request::body);
    }
    System.out.println("running " + port);
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static byte[] held(CountDownLatch latch) throws InterruptedException {
    latch.await();
    return new byte[0];
  }
}
