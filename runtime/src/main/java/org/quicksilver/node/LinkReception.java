package org.quicksilver.node;

import org.quicksilver.comm.LinkListener;
import org.quicksilver.comm.LinkMessage;
import org.quicksilver.comm.Peer;

/**
 * Takes what comes over connections with other nodes to the node's thread. What fails there closes
 * the connection it came over. Called by the server's thread.
 */
final class LinkReception implements LinkListener {

  private final Neighbours neighbours;
  private final NodeThread thread;

  LinkReception(Neighbours neighbours, NodeThread thread) {
    this.neighbours = neighbours;
    this.thread = thread;
  }

  @Override
  public void onIntroduce(Peer peer, LinkMessage.Introduce introduce) {
    run("introduction", peer, () -> neighbours.onIntroduce(peer, introduce));
  }

  @Override
  public void onDialled(Peer peer, byte[] challenge) {
    run("connection", peer, () -> neighbours.onDialled(peer, challenge));
  }

  @Override
  public void onIntroduced(Peer peer, LinkMessage.Introduced introduced) {
    run("answer", peer, () -> neighbours.onIntroduced(peer, introduced));
  }

  @Override
  public void onLinkMessage(Peer peer, LinkMessage message) {
    run("word of a node", peer, () -> neighbours.onMessage(peer, message));
  }

  @Override
  public void onRefused(Peer peer, String reason) {
    run("refusal", peer, () -> neighbours.onRefused(peer, reason));
  }

  @Override
  public void onLinkClosed(Peer peer) {
    run("end of a link's connection", peer, () -> neighbours.onClosed(peer));
  }

  private void run(String what, Peer peer, Runnable work) {
    thread.run(what, work, peer::close);
  }
}
