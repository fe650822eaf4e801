package org.quicksilver.comm;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ControlListener.Rejection;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Sturdiness;

/**
 * One connection of a {@link ControlServer}, seen from the node. Thread-safe; nothing here blocks.
 * What is written is lost if the connection ends first: whoever needs to know awaits an
 * acknowledgement.
 */
public final class Peer {

  /** So long a message may wait for another to be sent with. */
  private static final long LATER_MILLIS = 5;

  private final Channel channel;
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final ControlListener listener;
  private final byte[] secret;
  private final byte @Nullable [] nonce;
  private byte[] othersNonce = new byte[0];
  private byte[] ownNonce = new byte[0];

  Peer(Channel channel, ControlListener listener, byte[] secret, byte @Nullable [] nonce) {
    this.channel = channel;
    this.listener = listener;
    this.secret = secret;
    this.nonce = nonce;
  }

  /**
   * Sends a message. If the other side has left megabytes unread the connection is closed instead:
   * it will reconnect and be told again what it missed, and a process that is merely stopped costs
   * no memory meanwhile.
   */
  public void send(Message message) {
    if (reads()) {
      write(message);
    }
  }

  /**
   * The same for what nobody is in a hurry to know, such as acknowledgements: it goes with the next
   * message, or some milliseconds later.
   */
  public void sendWithNext(Message message) {
    if (reads()) {
      channel.write(encoded(message), channel.voidPromise());
      if (flushing.compareAndSet(false, true)) {
        channel.eventLoop().schedule(this::flush, LATER_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void flush() {
    flushing.set(false);
    channel.flush();
  }

  private boolean reads() {
    if (!channel.isWritable() && channel.isActive()) {
      listener.onRejected(Rejection.CLOGGED, this + " does not read");
      channel.close();
      return false;
    }
    return true;
  }

  private ChannelFuture write(Message message) {
    return channel.writeAndFlush(encoded(message));
  }

  private static ByteBuf encoded(Message message) {
    return Unpooled.wrappedBuffer(MessageCodec.encode(message));
  }

  /** Lets the agent in: sends the welcome; from now on its messages are passed on. */
  public void register(Message.Welcome welcome) {
    channel.pipeline().fireUserEventTriggered(PeerHandler.Decision.REGISTERED);
    write(welcome);
  }

  /** What the other node has to be answered with, to know that we know the secret. */
  void nonceOfOther(byte[] given) {
    othersNonce = given;
  }

  /** What we challenge a node with that we dialled. */
  void nonceForOther(byte[] given) {
    ownNonce = given;
  }

  /**
   * Introduces this node to one that it dialled.
   *
   * @param challenge its nonce
   */
  public void introduce(
      NodeParticipant self, Sturdiness sturdiness, long session, long received, byte[] challenge) {
    write(
        new LinkMessage.Introduce(
            Message.VERSION,
            self,
            sturdiness,
            session,
            received,
            ownNonce,
            LinkHandler.answer(secret, challenge)));
  }

  /** Lets a node in that dialled, and introduces this one. */
  public void introduced(NodeParticipant self, Sturdiness sturdiness, long session, long received) {
    channel.pipeline().fireUserEventTriggered(PeerHandler.Decision.REGISTERED);
    byte[] proof = LinkHandler.answer(secret, othersNonce);
    write(new LinkMessage.Introduced(self, sturdiness, session, received, proof));
  }

  /** Answers a command; it may ask again. */
  public void answer(Message.AdminResponse response) {
    write(response);
  }

  /** Says why not and closes. */
  public void refuse(String reason) {
    write(new Message.Refused(reason)).addListener(ChannelFutureListener.CLOSE);
  }

  /** Closes the connection. */
  public void close() {
    channel.close();
  }

  /**
   * Whether the other side may end transactions and change policies: it knows the owner's secret.
   */
  public boolean isOwner(byte[] proof) {
    return MessageDigest.isEqual(proof, nonce == null ? secret : proof(secret, nonce));
  }

  /** Whether it may speak at all: over the socket file the kernel has seen to that. */
  boolean isAdmitted(byte[] proof) {
    return nonce == null || isOwner(proof);
  }

  /** What proves the knowledge of the secret to a node that sent this nonce: SHA-256 of both. */
  public static byte[] proof(byte[] secret, byte[] nonce) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret);
      return digest.digest(nonce);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "connection " + channel.id().asShortText();
  }
}
