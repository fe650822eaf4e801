package org.quicksilver.agent.track;

import java.io.FileDescriptor;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the JDK's rarer handles keep private, their descriptors above all. The packages must
 * have been opened to our module; each class is loaded with the first handle of its kind.
 */
final class JdkParts {

  private JdkParts() {}

  private static VarHandle field(String owner, String name, Class<?> type) {
    return JdkAccess.field(JdkAccess.named(owner), name, type);
  }

  /** Asynchronous file channels. */
  static final class AsyncFiles {
    private static final Class<?> CHANNEL =
        JdkAccess.named("sun.nio.ch.AsynchronousFileChannelImpl");
    private static final VarHandle DESCRIPTOR =
        field(CHANNEL.getName(), "fdObj", FileDescriptor.class);

    private AsyncFiles() {}

    static @Nullable FileDescriptor descriptor(@Nullable Object channel) {
      return CHANNEL.isInstance(channel) ? (FileDescriptor) DESCRIPTOR.get(channel) : null;
    }
  }

  /** The shared part of ZIP files. */
  static final class Archives {
    private static final VarHandle FILE =
        field("java.util.zip.ZipFile$Source", "zfile", RandomAccessFile.class);

    private Archives() {}

    /** Number of the descriptor, -1 if it is closed. */
    static int number(Object source) {
      RandomAccessFile file = (RandomAccessFile) FILE.get(source);
      try {
        return file == null ? -1 : JdkAccess.number(file.getFD());
      } catch (IOException e) {
        return -1;
      }
    }
  }

  /** Selectors. */
  static final class Selectors {
    private static final VarHandle EVENT = field("sun.nio.ch.EventFD", "efd", int.class);
    private static final Class<?> CHANNEL = JdkAccess.named("sun.nio.ch.SelChImpl");
    private static final MethodHandle NUMBER =
        JdkAccess.method(CHANNEL, "getFDVal", int.class)
            .asType(MethodType.methodType(int.class, Object.class));

    private Selectors() {}

    /** Number of a channel's descriptor, -1 if it is none of the JDK's. */
    static int number(Object channel) {
      try {
        return CHANNEL.isInstance(channel) ? (int) NUMBER.invokeExact(channel) : -1;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    static int event(Object event) {
      return (int) EVENT.get(event);
    }
  }

  /** Sockets as programs have them, below which are {@link JdkAccess.Sockets}. */
  static final class ProgramSockets {
    private static final VarHandle IMPL = JdkAccess.field(Socket.class, "impl", SocketImpl.class);
    private static final Class<?> ENCRYPTING =
        JdkAccess.named("sun.security.ssl.BaseSSLSocketImpl");
    private static final VarHandle BELOW = below();
    private static final MethodHandle DESCRIPTOR =
        JdkAccess.method(SocketImpl.class, "getFileDescriptor", FileDescriptor.class);

    private ProgramSockets() {}

    private static VarHandle below() {
      JdkAccess.open(ENCRYPTING);
      return JdkAccess.field(ENCRYPTING, "self", Socket.class);
    }

    /** Number of its descriptor, of one that encrypts that below; -1 if it is of another sort. */
    static int number(Socket socket) {
      try {
        Socket plain = ENCRYPTING.isInstance(socket) ? (Socket) BELOW.get(socket) : socket;
        SocketImpl impl = (SocketImpl) IMPL.get(plain);
        return JdkAccess.number((FileDescriptor) DESCRIPTOR.invoke(impl));
      } catch (Throwable e) {
        return -1;
      }
    }
  }

  /** Connections of the JDK's HTTP client, which is no part of its core. */
  static final class ClientConnections {
    private static final MethodHandle CHANNEL = channel();

    private ClientConnections() {}

    private static MethodHandle channel() {
      Class<?> connection = JdkAccess.named("jdk.internal.net.http.HttpConnection");
      JdkAccess.open(connection);
      return JdkAccess.method(connection, "channel", SocketChannel.class)
          .asType(MethodType.methodType(SocketChannel.class, Object.class));
    }

    static SocketChannel channel(Object connection) {
      try {
        return (SocketChannel) CHANNEL.invokeExact(connection);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Groups of asynchronous channels. */
  static final class Groups {
    private static final Class<?> PORT = JdkAccess.named("sun.nio.ch.Port");
    private static final VarHandle CHANNELS = field(PORT.getName(), "fdToChannel", Map.class);
    private static final VarHandle LOCK =
        field(PORT.getName(), "fdToChannelLock", ReadWriteLock.class);

    private Groups() {}

    /** Numbers of its channels' descriptors. */
    static Set<Integer> numbers(Object group) {
      if (!PORT.isInstance(group)) {
        return Set.of();
      }
      Lock lock = ((ReadWriteLock) LOCK.get(group)).readLock();
      lock.lock();
      try {
        return ((Map<?, ?>) CHANNELS.get(group))
            .keySet().stream().map(Integer.class::cast).collect(Collectors.toSet());
      } finally {
        lock.unlock();
      }
    }
  }

  /** Watch services. */
  static final class WatchServices {
    private static final String POLLER = "sun.nio.fs.LinuxWatchService$Poller";
    private static final VarHandle NOTIFY = field(POLLER, "ifd", int.class);
    private static final VarHandle WAKEUP = field(POLLER, "socketpair", int[].class);

    private WatchServices() {}

    static int[] descriptors(Object poller) {
      int[] wakeup = (int[]) WAKEUP.get(poller);
      return new int[] {(int) NOTIFY.get(poller), wakeup[0], wakeup[1]};
    }
  }

  /** Pipes to child processes, below the buffers that the application gets. */
  static final class Pipes {
    private static final VarHandle IN =
        field(FilterInputStream.class.getName(), "in", InputStream.class);
    private static final VarHandle OUT =
        field(FilterOutputStream.class.getName(), "out", OutputStream.class);

    private Pipes() {}

    /** What holds the descriptor; null if there is no pipe. */
    static @Nullable Object unbuffered(@Nullable Object stream) {
      if (stream instanceof FilterInputStream) {
        return IN.getVolatile(stream);
      }
      return stream instanceof FilterOutputStream ? OUT.getVolatile(stream) : null;
    }
  }
}
