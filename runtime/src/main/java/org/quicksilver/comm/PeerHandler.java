package org.quicksilver.comm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.ControlListener.Rejection;

/**
 * The rules of one connection: who speaks first, who may speak at all, what may come when. A
 * registered agent may be silent for ever: a stopped process is not dead. A linked node is watched
 * by who keeps its session. One event loop thread.
 */
final class PeerHandler extends SimpleChannelInboundHandler<Message> {

  /**
   * The node's decision about an agent, passed through the pipeline so that it takes effect on the
   * right thread.
   */
  enum Decision {
    /** It is let in. */
    REGISTERED
  }

  private enum Phase {
    /** The first message is awaited. */
    NEW,
    /**
     * An agent; what it says before the node has let it in is dropped by the node if it does not.
     */
    AGENT,
    /** A command; it may ask again. */
    COMMAND,
    /** Another node, let in or not yet. */
    LINK,
    /** Nothing that comes counts any more. */
    CLOSING
  }

  private static final int NONCE_LENGTH = 32;

  private final ControlListener listener;
  private final LinkListener links;
  private final byte[] secret;
  private final boolean challenged;
  private final Duration patience;
  private final FrameDecoder decoder;
  private Phase phase = Phase.NEW;
  private boolean isAgent;
  private boolean isLink;
  private @Nullable Peer peer;
  private @Nullable Future<?> silence;

  PeerHandler(
      ControlListener listener,
      LinkListener links,
      byte[] secret,
      boolean challenged,
      Duration patience,
      FrameDecoder decoder) {
    this.listener = listener;
    this.links = links;
    this.secret = secret;
    this.challenged = challenged;
    this.patience = patience;
    this.decoder = decoder;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    byte[] nonce = challenged ? new byte[NONCE_LENGTH] : null;
    peer = new Peer(context.channel(), listener, secret, nonce);
    if (nonce != null) {
      new SecureRandom().nextBytes(nonce);
      peer.send(new Message.Challenge(nonce));
    }
    awaitWord(context);
  }

  /** Closes the connection unless something comes in time. */
  private void awaitWord(ChannelHandlerContext context) {
    heard();
    silence =
        context
            .executor()
            .schedule(
                () -> reject(context, Rejection.SILENT, "nothing was said in " + patience),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void heard() {
    if (silence != null) {
      silence.cancel(false);
      silence = null;
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Message message) {
    Peer from = peer;
    if (from == null) {
      return;
    }
    switch (phase) {
      case NEW, COMMAND -> first(context, from, message);
      case AGENT -> fromAgent(context, from, message);
      case LINK -> fromNode(context, from, message);
      case CLOSING -> {}
    }
  }

  private void first(ChannelHandlerContext context, Peer from, Message message) {
    if (message instanceof Message.Hello hello && phase == Phase.NEW) {
      if (isGood(context, from, hello.version(), hello.proof())) {
        heard();
        phase = Phase.AGENT;
        isAgent = true;
        listener.onHello(from, hello);
      }
    } else if (message instanceof LinkMessage.Introduce introduce && phase == Phase.NEW) {
      if (isGood(context, from, introduce.version(), introduce.proof())) {
        heard();
        phase = Phase.LINK;
        isLink = true;
        from.nonceOfOther(introduce.nonce());
        links.onIntroduce(from, introduce);
      }
    } else if (message instanceof Message.AdminRequest request) {
      if (isGood(context, from, request.version(), request.proof())) {
        phase = Phase.COMMAND;
        awaitWord(context);
        listener.onRequest(from, request);
      }
    } else {
      unexpected(context, message);
    }
  }

  private boolean isGood(ChannelHandlerContext context, Peer from, int version, byte[] proof) {
    if (version != Message.VERSION) {
      String versions = "version " + version + ", this node speaks " + Message.VERSION;
      reject(context, Rejection.VERSION, versions + "; use the same quicksilver.jar for both");
      return false;
    }
    if (!from.isAdmitted(proof)) {
      reject(context, Rejection.DENIED, "the proof does not match the secret of this node's owner");
      return false;
    }
    return true;
  }

  private void fromAgent(ChannelHandlerContext context, Peer from, Message message) {
    if (message instanceof Message.Accepted
        || message instanceof Message.Closed
        || message instanceof Message.EndAck
        || message instanceof Message.Report
        || message instanceof ProgramMessage.ToNode
        || message instanceof Message.Opened
        || message instanceof Message.Recalled
        || (message instanceof TurnMessage && !(message instanceof TurnMessage.Asked))) {
      listener.onMessage(from, message);
    } else {
      unexpected(context, message);
    }
  }

  private void fromNode(ChannelHandlerContext context, Peer from, Message message) {
    if (message instanceof LinkMessage said
        && !(said instanceof LinkMessage.Introduce)
        && !(said instanceof LinkMessage.Introduced)) {
      links.onLinkMessage(from, said);
    } else {
      unexpected(context, message);
    }
  }

  private void unexpected(ChannelHandlerContext context, Message message) {
    String name = message.getClass().getSimpleName();
    reject(context, Rejection.UNEXPECTED, name + " has no place here");
  }

  private void reject(ChannelHandlerContext context, Rejection why, String details) {
    if (phase != Phase.CLOSING) {
      phase = Phase.CLOSING;
      listener.onRejected(why, peer + ": " + details);
      if (peer == null) {
        context.close();
      } else {
        peer.refuse(details);
      }
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Decision.REGISTERED) {
      decoder.trust();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    heard();
    if (isLink && peer != null) {
      isLink = false;
      links.onLinkClosed(peer);
    }
    phase = Phase.CLOSING;
    if (isAgent && peer != null) {
      isAgent = false;
      listener.onClosed(peer);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof DecoderException && cause.getCause() != null) {
      reject(context, Rejection.MALFORMED, String.valueOf(cause.getCause().getMessage()));
    } else if (cause instanceof IOException) {
      listener.onRejected(Rejection.BROKEN, peer + ": " + cause);
      context.close();
    } else {
      reject(context, Rejection.BROKEN, "an error in the node: " + cause);
    }
  }
}
