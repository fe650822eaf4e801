package org.quicksilver.agent.instrument;

import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Advice on datagrams, pipes, selectors, asynchronous sockets and the sockets of old. Inlined; each
 * is one call into the bridge. Their classes are loaded only when they are used.
 */
final class NetworkAdvice {
  private NetworkAdvice() {}

  /** Constructors of {@code DatagramChannelImpl}: behind every datagram socket, too. */
  static final class Datagram {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self, @Advice.FieldValue("fd") FileDescriptor descriptor) {
      QuicksilverBridge.current.datagramOpened(self, descriptor);
    }
  }

  /** Whatever binds or connects a channel: its endpoints are told anew. */
  static final class Endpoints {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.FieldValue("localAddress") @Nullable Object local,
        @Advice.FieldValue("remoteAddress") @Nullable Object remote) {
      QuicksilverBridge.current.endpointsChanged(descriptor, local, remote);
    }
  }

  /** {@code NioSocketImpl.bind(InetAddress, int)}. */
  static final class Bound {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self, @Advice.FieldValue("fd") FileDescriptor descriptor) {
      QuicksilverBridge.current.socketListening(self, descriptor);
    }
  }

  /** Constructors of both ends of a pipe. */
  static final class PipeEnd {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self, @Advice.FieldValue("fd") FileDescriptor descriptor) {
      QuicksilverBridge.current.pipeOpened(self, descriptor);
    }
  }

  /** The constructor of {@code EPollSelectorImpl}. */
  static final class Selector {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object self,
        @Advice.FieldValue("epfd") int poll,
        @Advice.FieldValue("eventfd") @Nullable Object event) {
      QuicksilverBridge.current.selectorOpened(self, poll, event);
    }
  }

  /** {@code implClose()} and the like of what is known by itself: it is gone on return. */
  static final class Gone {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self) {
      QuicksilverBridge.current.closedObject(self);
    }
  }

  /** The constructor of {@code EPollPort}, under every group of asynchronous channels. */
  static final class Group {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object self,
        @Advice.FieldValue("epfd") int poll,
        @Advice.FieldValue("sp") int @Nullable [] wakeup) {
      QuicksilverBridge.current.groupOpened(self, poll, wakeup);
    }
  }

  /**
   * {@code LinuxAsynchronousChannelProvider.defaultEventPort()}: the group of those who have none.
   */
  static final class DefaultGroup {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return @Nullable Object group) {
      QuicksilverBridge.current.belongsToTheJdk(group);
    }
  }

  /** The constructor of {@code EPollPoller}: what wakes virtual threads. */
  static final class Poller {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("epfd") int poll) {
      QuicksilverBridge.current.descriptorOfTheJdk(poll);
    }
  }

  /**
   * Initializers of {@code UnixDispatcher} and {@code PlainSocketImpl}: native code then makes a
   * socket that stands in for those that are being closed.
   */
  static final class Prepared {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter() {
      return QuicksilverBridge.current.descriptors();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object before) {
      QuicksilverBridge.current.descriptorsOfTheJdkSince(before);
    }
  }

  /** {@code UnixAsynchronousSocketChannelImpl.setConnected()}. */
  static final class AsyncConnected {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.FieldValue("localAddress") @Nullable Object local,
        @Advice.FieldValue("remoteAddress") @Nullable Object remote) {
      QuicksilverBridge.current.channelConnected(descriptor, local, remote);
    }
  }

  /** {@code AbstractPlainSocketImpl.create(boolean)}, on 17 only. */
  static final class PlainCreate {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object self,
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.FieldValue("isServer") boolean server) {
      QuicksilverBridge bridge = QuicksilverBridge.current;
      bridge.socketCreated(self, descriptor, server, bridge.stacks ? new Throwable() : null);
    }
  }

  /** {@code java.net.SocketInputStream.read}, on 17 only. */
  static final class PlainRead {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("impl") @Nullable Object socket) {
      QuicksilverBridge.current.readingSocket(socket);
    }
  }
}
