package org.quicksilver.agent.instrument;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.net.SocketAddress;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Advice on sockets that Netty opens without the JDK. Inlined; its types are then those of the
 * application's Netty.
 */
final class NativeAdvice {
  private NativeAdvice() {}

  /** Constructors of {@code AbstractEpollChannel}, one of which calls another. */
  static final class Made {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Channel self,
        @Advice.FieldValue(value = "socket", typing = Assigner.Typing.DYNAMIC)
            FileDescriptor socket,
        @Advice.FieldValue("local") @Nullable SocketAddress local,
        @Advice.FieldValue("remote") @Nullable SocketAddress remote) {
      QuicksilverBridge.current.nativeChannelMade(
          self,
          socket.intValue(),
          self instanceof ServerChannel,
          self instanceof DatagramChannel,
          self.parent() == null ? null : local,
          remote);
    }
  }

  /** {@code FileDescriptor.close()}: says nothing if that has been done before. */
  static final class Close {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.This FileDescriptor self) {
      return self.isOpen() ? QuicksilverBridge.current.nativeClosing(self.intValue()) : null;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object closing) {
      if (closing != null) {
        QuicksilverBridge.current.closed(closing);
      }
    }
  }

  /** {@code Socket.listen(int)}. */
  static final class Listen {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Socket self) {
      QuicksilverBridge.current.nativeListening(self.intValue(), self.localAddress());
    }
  }

  /** {@code Socket.connect(SocketAddress)}. */
  static final class Connect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Socket self) {
      QuicksilverBridge.current.nativeConnecting(self.intValue());
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Socket self, @Advice.Return boolean connected) {
      if (connected) {
        QuicksilverBridge.current.nativeConnected(
            self.intValue(), self.localAddress(), self.remoteAddress());
      }
    }
  }

  /** {@code Socket.finishConnect()}. */
  static final class Connected {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Socket self, @Advice.Return boolean connected) {
      if (connected) {
        QuicksilverBridge.current.nativeConnected(
            self.intValue(), self.localAddress(), self.remoteAddress());
      }
    }
  }

  /** Reading into one buffer. */
  static final class Read {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.This FileDescriptor self) {
      return QuicksilverBridge.current.nativeReading(self.intValue());
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object reading, @Advice.Return int bytes) {
      if (reading != null) {
        QuicksilverBridge.current.read(reading, bytes);
      }
    }
  }

  /** Writing from one buffer. */
  static final class Write {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.This FileDescriptor self) {
      return QuicksilverBridge.current.nativeWriting(self.intValue());
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object writing, @Advice.Return int bytes) {
      if (writing != null) {
        QuicksilverBridge.current.wrote(writing, bytes);
      }
    }
  }

  /** Writing from several, or from a file. */
  static final class WriteMany {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.This FileDescriptor self) {
      return QuicksilverBridge.current.nativeWriting(self.intValue());
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object writing, @Advice.Return long bytes) {
      if (writing != null) {
        QuicksilverBridge.current.wrote(writing, bytes);
      }
    }
  }

  /** {@code Native.epollWait()}: what a loop did for the last connection is over. */
  static final class Select {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      QuicksilverBridge.current.selecting(null);
    }
  }
}
