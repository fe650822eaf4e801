package org.quicksilver.comm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a connection that this node dialled: over a port the other side challenges first,
 * and has to prove itself as well. One event loop thread.
 */
final class LinkHandler extends SimpleChannelInboundHandler<Message> {

  private static final int NONCE_LENGTH = 32;

  private final LinkListener listener;
  private final Peer peer;
  private final byte[] secret;
  private final byte[] nonce;
  private final FrameDecoder decoder;
  private boolean introduced;

  LinkHandler(
      LinkListener listener, Peer peer, byte[] secret, boolean overPort, FrameDecoder decoder) {
    this.listener = listener;
    this.peer = peer;
    this.secret = secret;
    this.nonce = new byte[overPort ? NONCE_LENGTH : 0];
    this.decoder = decoder;
    new SecureRandom().nextBytes(nonce);
    peer.nonceForOther(nonce);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (nonce.length == 0) {
      listener.onDialled(peer, new byte[0]);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Message message) {
    if (message instanceof Message.Challenge challenge && nonce.length > 0 && !introduced) {
      listener.onDialled(peer, challenge.nonce());
    } else if (message instanceof LinkMessage.Introduced answer && !introduced) {
      onIntroduced(context, answer);
    } else if (message instanceof LinkMessage said && introduced) {
      listener.onLinkMessage(peer, said);
    } else if (message instanceof Message.Refused refused) {
      refused(context, refused.reason());
    } else {
      refused(context, "it said " + message.getClass().getSimpleName() + ", which has no place");
    }
  }

  private void onIntroduced(ChannelHandlerContext context, LinkMessage.Introduced answer) {
    if (nonce.length > 0 && !MessageDigest.isEqual(answer.proof(), Peer.proof(secret, nonce))) {
      refused(context, "it does not know our secret; linked nodes need the same file 'secret'");
    } else {
      introduced = true;
      decoder.trust();
      listener.onIntroduced(peer, answer);
    }
  }

  private void refused(ChannelHandlerContext context, String reason) {
    listener.onRefused(peer, reason);
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    listener.onLinkClosed(peer);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    refused(context, String.valueOf(cause.getMessage()));
  }

  /** What proves that a node knows the secret; nothing where nobody asked. */
  static byte[] answer(byte[] secret, byte @Nullable [] nonce) {
    return nonce == null || nonce.length == 0 ? new byte[0] : Peer.proof(secret, nonce);
  }
}
