package org.quicksilver.comm;

/**
 * What is heard of connections to other nodes, dialled or accepted. Called on the server's only
 * thread, in the order of events of each connection: hand the work over and return.
 */
public interface LinkListener {

  /**
   * A node that dialled introduces itself, with a good version and, over a port, a good proof.
   * Answer by {@link Peer#introduced} or {@link Peer#refuse}.
   */
  void onIntroduce(Peer peer, LinkMessage.Introduce introduce);

  /**
   * A connection that was dialled stands: introduce yourself.
   *
   * @param challenge the other side's nonce, over a port; empty over a socket file
   */
  void onDialled(Peer peer, byte[] challenge);

  /** The node that was dialled has answered, over a port with a good proof. */
  void onIntroduced(Peer peer, LinkMessage.Introduced introduced);

  /** Something said after the introductions. */
  void onLinkMessage(Peer peer, LinkMessage message);

  /** The node that was dialled does not want us; the connection ends. */
  void onRefused(Peer peer, String reason);

  /** The connection is gone, or was never made; comes once. */
  void onLinkClosed(Peer peer);
}
