package org.quicksilver.node;

import org.quicksilver.config.Settings;

/** The program of a forked node. Argument: agent options. */
public final class NodeMain {

  private NodeMain() {}

  public static void main(String[] args) throws Exception {
    Node node = Node.start(Settings.read(args[0]));
    System.out.println("running");
    node.awaitStop();
  }
}
