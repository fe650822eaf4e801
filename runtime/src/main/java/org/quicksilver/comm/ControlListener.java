package org.quicksilver.comm;

/**
 * What a {@link ControlServer} tells its node. Called on the server's only thread, in the order of
 * events of each connection: hand the work over and return.
 */
public interface ControlListener {

  /**
   * An agent says hello, with a good version and, over TCP, a good proof. Answer by {@link
   * Peer#register} or {@link Peer#refuse}.
   */
  void onHello(Peer peer, Message.Hello hello);

  /**
   * A command asks, with a good version and, over TCP, a good proof. Answer by {@link Peer#answer}.
   */
  void onRequest(Peer peer, Message.AdminRequest request);

  /** A message of an agent that has said hello; perhaps before it was answered. */
  void onMessage(Peer peer, Message message);

  /**
   * An agent's connection is gone, for whatever reason; comes once, after everything else of that
   * connection.
   */
  void onClosed(Peer peer);

  /**
   * A connection was or is being closed for what came or did not come over it; for log and
   * counters.
   */
  void onRejected(Rejection why, String details);

  /** Why a connection was closed. */
  enum Rejection {
    /** Bytes that are no message. */
    MALFORMED,
    /** Another version of the protocol. */
    VERSION,
    /** A message that has no place there. */
    UNEXPECTED,
    /** Nothing was said in time. */
    SILENT,
    /** The proof of knowing the secret is wrong. */
    DENIED,
    /** It does not read what is written to it; it may reconnect. */
    CLOGGED,
    /** The operating system reports an error of the connection. */
    BROKEN
  }
}
