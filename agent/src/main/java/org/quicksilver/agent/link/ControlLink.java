package org.quicksilver.agent.link;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ControlClient;
import org.quicksilver.comm.Message;
import org.quicksilver.config.Settings;

/**
 * The agent's end of the control channel. Connects, starts a node if that is wanted and none runs,
 * and after a loss connects again, for ever. While there is no node, what cannot be said again
 * later is kept.
 *
 * <p>The reading thread is the caller of {@link #run}; {@link #send} is the worker's.
 */
final class ControlLink {

  /** Messages kept while there is no node; beyond that the oldest are dropped. */
  private static final int MOST_KEPT = 50_000;

  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  /** Who speaks with the node. */
  interface Peer {

    /** What to say first, given the nonce of a challenge or nothing. */
    Message hello(byte[] nonce);

    /** Called on the worker with each message; the first of a connection is the welcome. */
    void received(Message message);
  }

  private record Received(Peer peer, Message message) implements Runnable {
    @Override
    public void run() {
      peer.received(message);
    }
  }

  private final class Flush implements Runnable {
    @Override
    public void run() {
      flush();
    }
  }

  private final Settings settings;
  private final NodeStarter starter;
  private final AgentLog log;
  private final Worker worker;
  private final ArrayDeque<Message> kept = new ArrayDeque<>();
  private volatile @Nullable ControlClient client;
  private volatile boolean stopped;
  private long pause = FIRST_PAUSE_MILLIS;
  private String said = "";

  ControlLink(Settings settings, NodeStarter starter, AgentLog log, Worker worker) {
    this.settings = settings;
    this.starter = starter;
    this.log = log;
    this.worker = worker;
  }

  /**
   * Connects and reads until {@link #stop}. Called on the reading thread, marked as our own.
   *
   * @param peer who speaks
   */
  void run(Peer peer) {
    do {
      try (ControlClient connected = connect(peer)) {
        read(connected, peer);
      } catch (EOFException e) {
        pause = FIRST_PAUSE_MILLIS;
      } catch (IOException e) {
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      } catch (Throwable e) {
        pause = LONGEST_PAUSE_MILLIS;
        log.fault("the control link", e);
      }
      client = null;
    } while (rested());
  }

  /** Lets the reading thread end, once it has been interrupted. Any thread. */
  void stop() {
    stopped = true;
  }

  /** Whether to go on. A program that interrupts threads it does not know does not mean us. */
  private boolean rested() {
    boolean interrupted = Thread.interrupted();
    try {
      if (!stopped) {
        Thread.sleep(interrupted ? LONGEST_PAUSE_MILLIS : pause);
      }
    } catch (InterruptedException e) {
      // Looks whether it is to stop, and rests another time.
    }
    return !stopped;
  }

  private ControlClient connect(Peer peer) throws IOException {
    String node = settings.node();
    if (node.indexOf(':') > 0) {
      return connectNamed(node, peer);
    }
    ControlClient connected = starter.connectOrStart();
    try {
      connected.send(peer.hello(new byte[0]));
      return connected;
    } catch (IOException e) {
      connected.close();
      throw e;
    }
  }

  private ControlClient connectNamed(String node, Peer peer) throws IOException {
    int colon = node.lastIndexOf(':');
    ControlClient connected =
        ControlClient.connect(
            new InetSocketAddress(
                node.substring(0, colon), Integer.parseInt(node.substring(colon + 1))));
    try {
      if (connected.receive() instanceof Message.Challenge challenge) {
        connected.send(peer.hello(challenge.nonce()));
        return connected;
      }
      throw new IOException(node + " is no Quicksilver node");
    } catch (IOException e) {
      connected.close();
      throw e;
    }
  }

  /**
   * Proof that this user may talk to the node: nothing over the socket file, which only the user
   * can open.
   */
  static byte[] proof(byte[] secret, byte[] nonce) {
    if (nonce.length == 0) {
      return nonce;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret);
      return digest.digest(nonce);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void read(ControlClient connected, Peer peer) throws IOException {
    Message first = connected.receive();
    if (first instanceof Message.Refused refused) {
      sayOnce("the node refuses this agent: " + refused.reason());
      throw new IOException(refused.reason());
    }
    client = connected;
    pause = FIRST_PAUSE_MILLIS;
    worker.execute(new Received(peer, first));
    worker.execute(new Flush());
    while (true) {
      worker.execute(new Received(peer, connected.receive()));
    }
  }

  private void sayOnce(String message) {
    if (!message.equals(said)) {
      said = message;
      log.say(message);
    }
  }

  private void flush() {
    while (!kept.isEmpty() && client != null) {
      if (!trySend(kept.peek())) {
        return;
      }
      kept.remove();
    }
  }

  /** Whether there is a node now. Any thread. */
  boolean isConnected() {
    return client != null;
  }

  /** Sends, or keeps it until there is a node. Worker thread. */
  void sendOrKeep(Message message) {
    if (!kept.isEmpty() || !trySend(message)) {
      if (kept.size() == MOST_KEPT) {
        kept.remove();
      }
      kept.add(message);
    }
  }

  /** Sends if there is a node; for what is said again after a reconnect. Worker thread. */
  void send(Message message) {
    trySend(message);
  }

  private boolean trySend(Message message) {
    ControlClient to = client;
    if (to == null) {
      return false;
    }
    try {
      to.send(message);
      return true;
    } catch (IOException e) {
      client = null;
      return false;
    }
  }
}
