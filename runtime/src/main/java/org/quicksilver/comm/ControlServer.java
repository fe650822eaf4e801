package org.quicksilver.comm;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The node's end of the control channels: frames, first words, proofs; what comes of it is told to
 * a {@link ControlListener}. The thread of its {@link ServerLoop} does everything; nothing that is
 * read is trusted, and no error ends it.
 */
public final class ControlServer implements Closeable {

  /** Who says nothing for so long is dropped, unless registered. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Beyond this many unread bytes a connection is closed at the next message. */
  private static final int MOST_UNREAD = 4 * 1024 * 1024;

  private final ServerLoop loop;
  private final List<Channel> listening = new CopyOnWriteArrayList<>();
  private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private final ControlListener listener;
  private final LinkListener links;
  private final byte[] secret;
  private final Duration patience;

  /**
   * Prepares a server that listens nowhere yet.
   *
   * @param loop does everything; stays open when the server is closed
   * @param listener who is told of agents and commands
   * @param links who is told of other nodes
   * @param secret of the owner
   * @param patience how long a connection may say nothing at first; too small: slow starters are
   *     dropped and try again; too large: idle connections hold descriptors
   */
  public ControlServer(
      ServerLoop loop,
      ControlListener listener,
      LinkListener links,
      byte[] secret,
      Duration patience) {
    this.loop = loop;
    this.listener = listener;
    this.links = links;
    this.secret = secret.clone();
    this.patience = patience;
  }

  /**
   * Listens on a socket file, which only the owner may use. The file must not exist.
   *
   * @throws IOException if it cannot be bound
   */
  public void listen(Path socket) throws IOException {
    bind(NioServerDomainSocketChannel.class, UnixDomainSocketAddress.of(socket), false);
    if (Files.getFileStore(socket).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /**
   * Listens on a loopback port as well; there everybody is challenged to prove knowledge of the
   * secret.
   *
   * @return the address bound, with the port chosen if that was 0
   * @throws IOException if it is not a loopback address, or cannot be bound
   */
  public InetSocketAddress listen(InetSocketAddress address) throws IOException {
    if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
      throw new IOException(
          "will not listen on "
              + address
              + ": only loopback addresses are allowed; write listen=127.0.0.1:PORT");
    }
    return (InetSocketAddress) bind(NioServerSocketChannel.class, address, true);
  }

  private SocketAddress bind(
      Class<? extends ServerChannel> type, SocketAddress address, boolean challenged)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop.group())
            .channel(type)
            .childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(MOST_UNREAD / 4, MOST_UNREAD))
            .childHandler(pipeline(challenged));
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("cannot listen on " + address + ": " + bound.cause(), bound.cause());
    }
    listening.add(bound.channel());
    return bound.channel().localAddress();
  }

  private ChannelHandler pipeline(boolean challenged) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        connections.add(channel);
        FrameDecoder decoder = new FrameDecoder();
        channel
            .pipeline()
            .addLast(
                oneWriteAPass(),
                decoder,
                new PeerHandler(listener, links, secret, challenged, patience, decoder));
      }
    };
  }

  /**
   * Dials another node, over its socket file or its port; what comes of it is told to the {@link
   * LinkListener}. Does not wait.
   *
   * @return the connection, which may not stand yet, or never
   */
  public Peer dial(SocketAddress address) {
    boolean overPort = address instanceof InetSocketAddress;
    Channel channel = overPort ? new NioSocketChannel() : new NioDomainSocketChannel();
    Peer peer = new Peer(channel, listener, secret, null);
    connections.add(channel);
    new Bootstrap()
        .group(loop.group())
        .channelFactory(() -> channel)
        .option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(MOST_UNREAD / 4, MOST_UNREAD))
        .handler(linkPipeline(peer, overPort))
        .connect(address)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                links.onLinkClosed(peer);
              }
            });
    return peer;
  }

  private ChannelHandler linkPipeline(Peer peer, boolean overPort) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        FrameDecoder decoder = new FrameDecoder();
        LinkHandler handler = new LinkHandler(links, peer, secret, overPort, decoder);
        channel.pipeline().addLast(oneWriteAPass(), decoder, handler);
      }
    };
  }

  /** What the node says to one in one pass of its thread goes out in one system call. */
  private static ChannelHandler oneWriteAPass() {
    return new FlushConsolidationHandler(
        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true);
  }

  /** Removes the socket file and closes every connection; waits for it a few seconds at most. */
  @Override
  public void close() {
    listening.forEach(channel -> channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS));
    // A loop that is shut down leaves some of its connections open now and then.
    connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
