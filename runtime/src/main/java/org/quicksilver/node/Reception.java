package org.quicksilver.node;

import org.quicksilver.comm.ControlListener;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.Peer;
import org.quicksilver.node.Counters.Count;

/**
 * Takes what comes over the control channels to the node's thread. What fails there closes the
 * connection it came over. Called by the server's thread.
 */
final class Reception implements ControlListener {

  private final Agents agents;
  private final AdminRequests requests;
  private final NodeThread thread;
  private final NodeLog log;
  private final Counters counters;

  Reception(
      Agents agents, AdminRequests requests, NodeThread thread, NodeLog log, Counters counters) {
    this.agents = agents;
    this.requests = requests;
    this.thread = thread;
    this.log = log;
    this.counters = counters;
  }

  @Override
  public void onHello(Peer peer, Message.Hello hello) {
    thread.run("hello", () -> agents.onHello(peer, hello), peer::close);
  }

  @Override
  public void onMessage(Peer peer, Message message) {
    thread.run(
        message.getClass().getSimpleName(), () -> agents.onMessage(peer, message), peer::close);
  }

  @Override
  public void onClosed(Peer peer) {
    thread.run("end of a connection", () -> agents.onClosed(peer));
  }

  @Override
  public void onRequest(Peer peer, Message.AdminRequest request) {
    thread.run(
        "request",
        () -> requests.answer(peer, request.json(), peer.isOwner(request.proof())),
        peer::close);
  }

  @Override
  public void onRejected(Rejection why, String details) {
    switch (why) {
      case MALFORMED -> counters.add(Count.MALFORMED);
      case CLOGGED -> counters.add(Count.CLOGGED);
      case VERSION, UNEXPECTED, SILENT, DENIED -> counters.add(Count.REFUSED);
      case BROKEN -> {
        // A process that dies with something unread resets its connection.
      }
    }
    log.warn(why + ", " + details);
  }
}
