package org.quicksilver.agent.instrument;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.nio.AbstractNioChannel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Advice on where Netty, other servers and the JDK's client know what they write and read for
 * several at once: bytes that wait, and requests that have numbers. Inlined; the types of Netty are
 * then those of the application's.
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

  /** {@code jdk.internal.net.http.Http2Connection.putStream()}: a request gets its number. */
  static final class Numbered {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("connection") Object connection, @Advice.Argument(1) int number) {
      QuicksilverBridge.current.requestNumbered(connection, number);
    }
  }

  /** {@code Http2Connection.newStream()} of OkHttp, which knows the socket. */
  static final class Sending {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("socket") Object socket) {
      QuicksilverBridge.current.sendingRequest(socket);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
    static void exit() {
      QuicksilverBridge.current.sendingRequest(null);
    }
  }

  /** {@code Http2Writer.headers()} of OkHttp: called by that, and for answers to a server. */
  static final class Headers {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(1) int number) {
      QuicksilverBridge.current.requestSent(number);
    }
  }

  /** {@code ChannelOutboundBuffer.addMessage()}: its loop writes them later, and many at once. */
  static final class Queued {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("channel") Channel channel,
        @Advice.FieldValue("tailEntry") @Nullable Object last,
        @Advice.Argument(1) int bytes) {
      Channel.Unsafe inside = channel.unsafe();
      QuicksilverBridge.current.bytesQueued(
          inside instanceof AbstractNioChannel.NioUnsafe
              ? ((AbstractNioChannel.NioUnsafe) inside).ch()
              : channel,
          bytes,
          last == null);
    }
  }

  /** {@code HeaderParser.parse()} of Jetty: what a frame begins with has been read. */
  static final class Begun {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self, @Advice.FieldValue("streamId") int number) {
      QuicksilverBridge.current.requestRead(self, number);
    }
  }

  /** {@code Http2FrameHeaderParser.handle()} of Undertow, made anew for each frame: the same. */
  static final class BegunOnce {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("http2Channel") Object connection,
        @Advice.FieldValue("streamId") int number) {
      QuicksilverBridge.current.requestRead(connection, number);
    }
  }

  /** {@code Http2UpgradeHandler} of Tomcat, told of headers, and of what follows. */
  static final class Told {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object self, @Advice.Argument(0) int number) {
      QuicksilverBridge.current.requestRead(self, number);
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
