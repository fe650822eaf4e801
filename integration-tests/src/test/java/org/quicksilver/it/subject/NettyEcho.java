package org.quicksilver.it.subject;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** An echo server on Netty's NIO transport: {@code <port file>}. Stops on a line. */
public final class NettyEcho {

  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  private NettyEcho() {}

  /** Serves. */
  public static void main(String[] args) throws Exception {
    new NettyEcho().serve(Path.of(args[0]));
  }

  private void serve(Path portFile) throws Exception {
    EventLoopGroup acceptors = new NioEventLoopGroup(1);
    EventLoopGroup workers = new NioEventLoopGroup(2);
    Channel server =
        new ServerBootstrap()
            .group(acceptors, workers)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new Echo());
                  }
                })
            .bind("localhost", 0)
            .sync()
            .channel();
    PortFile.write(portFile, ((InetSocketAddress) server.localAddress()).getPort());
    Stdin.await();
    server.close().sync();
    acceptors.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).sync();
    workers.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).sync();
    System.out.println("opened " + opened + ", closed " + closed);
  }

  private final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      opened.incrementAndGet();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      closed.incrementAndGet();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message, context.voidPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
