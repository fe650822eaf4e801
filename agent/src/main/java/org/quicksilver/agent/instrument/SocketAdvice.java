package org.quicksilver.agent.instrument;

import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/** Advice on sockets and socket channels. Inlined; each is one call into the bridge. */
final class SocketAdvice {
  private SocketAdvice() {}

  /** {@code NioSocketImpl.create(boolean)}. */
  static final class Create {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object self,
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.FieldValue("server") boolean server) {
      QuicksilverBridge bridge = QuicksilverBridge.current;
      bridge.socketCreated(self, descriptor, server, bridge.stacks ? new Throwable() : null);
    }
  }

  /** {@code NioSocketImpl.connect(SocketAddress, int)}: the other two delegate to it. */
  static final class Connect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This Object self, @Advice.FieldValue("fd") FileDescriptor descriptor) {
      QuicksilverBridge.current.connecting(self, descriptor);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self, @Advice.FieldValue("fd") FileDescriptor descriptor) {
      QuicksilverBridge.current.socketConnected(self, descriptor);
    }
  }

  /** {@code Net.localAddress(FileDescriptor)}: what it costs is not to be paid twice. */
  static final class Located {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) FileDescriptor descriptor, @Advice.Return @Nullable Object address) {
      QuicksilverBridge.current.localAddress(descriptor, address);
    }
  }

  /** {@code NioSocketImpl.listen(int)}. */
  static final class Listen {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self, @Advice.FieldValue("fd") FileDescriptor descriptor) {
      QuicksilverBridge.current.socketListening(self, descriptor);
    }
  }

  /** {@code NioSocketImpl.accept(SocketImpl)}: the argument is the accepted one. */
  static final class Accept {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      QuicksilverBridge.current.waitingForWork();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) @Nullable Object accepted) {
      QuicksilverBridge bridge = QuicksilverBridge.current;
      bridge.socketAccepted(accepted, bridge.stacks ? new Throwable() : null);
    }
  }

  /** {@code read} of sockets and channels into one buffer. */
  static final class Read {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.FieldValue("fd") FileDescriptor descriptor) {
      return QuicksilverBridge.current.reading(descriptor);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Enter @Nullable Object reading,
        @Advice.Return int bytes,
        @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object buffer) {
      if (reading != null) {
        QuicksilverBridge.current.read(reading, bytes, buffer);
      }
    }
  }

  /** {@code read} of channels into several buffers. */
  static final class ReadMany {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.Argument(0) ByteBuffer[] buffers,
        @Advice.Argument(1) int from,
        @Advice.Local("first") @Nullable Object first,
        @Advice.Local("start") int start) {
      Object reading = QuicksilverBridge.current.reading(descriptor);
      if (reading != null && from < buffers.length) {
        first = buffers[from];
        start = buffers[from].position();
      }
      return reading;
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Enter @Nullable Object reading,
        @Advice.Return long bytes,
        @Advice.Local("first") @Nullable Object first,
        @Advice.Local("start") int start) {
      if (reading != null) {
        QuicksilverBridge.current.read(reading, bytes, first, start);
      }
    }
  }

  /** {@code implWrite} of sockets, {@code write} of channels from one buffer. */
  static final class Write {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.FieldValue("fd") FileDescriptor descriptor) {
      return QuicksilverBridge.current.writing(descriptor);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object writing, @Advice.Return int bytes) {
      if (writing != null) {
        QuicksilverBridge.current.wrote(writing, bytes);
      }
    }
  }

  /** {@code write} of channels from several buffers. */
  static final class WriteMany {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.FieldValue("fd") FileDescriptor descriptor) {
      return QuicksilverBridge.current.writing(descriptor);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object writing, @Advice.Return long bytes) {
      if (writing != null) {
        QuicksilverBridge.current.wrote(writing, bytes);
      }
    }
  }

  /** {@code blockingWriteFully}, under the stream of a channel's socket: all or an exception. */
  static final class WriteFully {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.FieldValue("fd") FileDescriptor descriptor) {
      return QuicksilverBridge.current.writing(descriptor);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object writing, @Advice.Argument(2) int bytes) {
      if (writing != null) {
        QuicksilverBridge.current.wrote(writing, bytes);
      }
    }
  }

  /**
   * All constructors of {@code SocketChannelImpl}; only the one for accepted connections knows a
   * remote address.
   */
  static final class Channel {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object self,
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.FieldValue("localAddress") @Nullable Object local,
        @Advice.FieldValue("remoteAddress") @Nullable Object remote) {
      QuicksilverBridge.current.channelCreated(self, descriptor, local, remote);
    }
  }

  /** {@code SocketChannelImpl.beginConnect}: blocking or not, and through the socket adaptor. */
  static final class ChannelConnect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This Object self, @Advice.FieldValue("fd") FileDescriptor descriptor) {
      QuicksilverBridge.current.connecting(self, descriptor);
    }
  }

  /**
   * {@code SocketChannelImpl.endConnect}, {@code endFinishConnect}: the second argument says
   * whether it is connected.
   */
  static final class ChannelConnected {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(1) boolean completed,
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.FieldValue("localAddress") @Nullable Object local,
        @Advice.FieldValue("remoteAddress") @Nullable Object remote) {
      if (completed) {
        QuicksilverBridge.current.channelConnected(descriptor, local, remote);
      }
    }
  }

  /** Constructors of {@code ServerSocketChannelImpl}, and {@code bind}. */
  static final class Listener {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object self,
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.FieldValue("localAddress") @Nullable Object local) {
      QuicksilverBridge.current.channelListening(self, descriptor, local);
    }
  }

  /** {@code ServerSocketChannelImpl.accept}. */
  static final class Wait {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      QuicksilverBridge.current.waitingForWork();
    }
  }

  /** {@code SelectorImpl.lockAndDoSelect}. */
  static final class Select {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object self) {
      QuicksilverBridge.current.selecting(self);
    }
  }
}
