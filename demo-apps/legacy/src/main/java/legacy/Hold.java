package legacy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** What a client does once it has opened what it wants. */
final class Hold {
  private Hold() {}

  /**
   * Prints {@code holding} and returns when a line comes on standard input; without input, never.
   */
  static void untilTold() throws IOException, InterruptedException {
    System.out.println("holding");
    if (System.in.read() < 0) {
      new CountDownLatch(1).await();
    }
  }
}
