package org.quicksilver.agent.instrument;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.nio.AbstractNioChannel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Advice on libraries that have several requests under way over one connection, and tell them apart
 * by their numbers. Inlined; the types of Netty are then those of the application's.
 */
final class RequestAdvice {
  private RequestAdvice() {}

  /** {@code DefaultHttp2FrameWriter.writeHeadersInternal()}: a request begins with its headers. */
  static final class Written {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.Argument(0) ChannelHandlerContext context, @Advice.Argument(1) int number) {
      Channel channel = context.channel();
      Channel.Unsafe inside = channel.unsafe();
      QuicksilverBridge.current.requestWritten(
          inside instanceof AbstractNioChannel.NioUnsafe
              ? ((AbstractNioChannel.NioUnsafe) inside).ch()
              : channel,
          number);
    }
  }

  /** {@code DefaultHttp2FrameReader.processPayloadState()}: a frame is there, whole. */
  static final class Read {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Advice.Argument(0) ChannelHandlerContext context,
        @Advice.FieldValue("streamId") int number) {
      if (number == 0) {
        return null;
      }
      Channel channel = context.channel();
      Channel.Unsafe inside = channel.unsafe();
      return QuicksilverBridge.current.enterRequest(
          inside instanceof AbstractNioChannel.NioUnsafe
              ? ((AbstractNioChannel.NioUnsafe) inside).ch()
              : channel,
          number);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.leaveTask(before);
    }
  }
}
