package org.quicksilver.it.subject;

/**
 * A client of ZooKeeper with two sessions, one after the other: {@code <port>}. Prints what it gets
 * to see.
 */
public final class KeeperClient {

  private KeeperClient() {}

  /** Runs to the end. */
  public static void main(String[] args) throws Exception {
    for (int i = 0; i < 2; i++) {
      try (ShopSession session = new ShopSession(args[0])) {
        for (int k = 0; k < 5; k++) {
          System.out.println(session.serve());
        }
      }
    }
  }
}
