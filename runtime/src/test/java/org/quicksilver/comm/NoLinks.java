package org.quicksilver.comm;

/** Refuses other nodes. */
final class NoLinks implements LinkListener {
  @Override
  public void onIntroduce(Peer peer, LinkMessage.Introduce introduce) {
    peer.refuse("no links here");
  }

  @Override
  public void onDialled(Peer peer, byte[] challenge) {
    peer.close();
  }

  @Override
  public void onIntroduced(Peer peer, LinkMessage.Introduced introduced) {
    peer.close();
  }

  @Override
  public void onLinkMessage(Peer peer, LinkMessage message) {
    peer.close();
  }

  @Override
  public void onRefused(Peer peer, String reason) {
    peer.close();
  }

  @Override
  public void onLinkClosed(Peer peer) {
    peer.close();
  }
}
