package org.quicksilver.agent.track;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.SocketImpl;
import java.net.SocketOptions;
import java.security.PrivilegedAction;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the JDK keeps private. {@code java.io} and {@code java.net} must have been opened to
 * our module. Loaded in two steps, so that a program without sockets pays for none.
 */
public final class JdkAccess {

  private static final VarHandle NUMBER = field(FileDescriptor.class, "fd", int.class);

  private JdkAccess() {}

  static VarHandle field(Class<?> owner, String name, Class<?> type) {
    return Privileged.run(new Field(owner, name, type));
  }

  private record Field(Class<?> owner, String name, Class<?> type)
      implements PrivilegedAction<VarHandle> {
    @Override
    public VarHandle run() {
      try {
        return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
            .findVarHandle(owner, name, type);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** A class of the JDK. */
  static Class<?> named(String name) {
    return Privileged.run(new Named(name));
  }

  private record Named(String name) implements PrivilegedAction<Class<?>> {
    @Override
    public Class<?> run() {
      try {
        return Class.forName(name);
      } catch (ClassNotFoundException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /**
   * Opens the package of a class to our module. Not for the JDK's core, where that has been done.
   */
  static void open(Class<?> inside) {
    Privileged.run(new Opening(inside));
  }

  private record Opening(Class<?> inside) implements PrivilegedAction<Boolean> {
    @Override
    public Boolean run() {
      try {
        MethodHandles.privateLookupIn(Module.class, MethodHandles.lookup())
            .findVirtual(
                Module.class,
                "implAddOpens",
                MethodType.methodType(void.class, String.class, Module.class))
            .invoke(inside.getModule(), inside.getPackageName(), JdkAccess.class.getModule());
        return true;
      } catch (Throwable e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** A method without parameters that is called on an object. */
  static MethodHandle method(Class<?> owner, String name, Class<?> result) {
    return Privileged.run(new Method(owner, name, result));
  }

  private record Method(Class<?> owner, String name, Class<?> result)
      implements PrivilegedAction<MethodHandle> {
    @Override
    public MethodHandle run() {
      try {
        return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
            .findVirtual(owner, name, MethodType.methodType(result));
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** Number of a descriptor, -1 if it is closed or not yet open. */
  static int number(@Nullable FileDescriptor descriptor) {
    return descriptor == null ? -1 : (int) NUMBER.get(descriptor);
  }

  /** The private parts of the JDK's own file channels. */
  static final class Channels {
    private static final Class<?> CHANNEL = named("sun.nio.ch.FileChannelImpl");
    private static final VarHandle DESCRIPTOR = field(CHANNEL, "fd", FileDescriptor.class);
    private static final VarHandle PATH = field(CHANNEL, "path", String.class);

    private Channels() {}

    /** Null if it is a channel of another sort, or none. */
    static @Nullable FileDescriptor descriptor(@Nullable Object channel) {
      return CHANNEL.isInstance(channel) ? (FileDescriptor) DESCRIPTOR.get(channel) : null;
    }

    static String path(Object channel) {
      return (String) PATH.get(channel);
    }
  }

  /** The private parts of channels that can be selected. */
  static final class Selectable {
    private static final Class<?> CHANNEL = named("sun.nio.ch.SelChImpl");
    private static final MethodHandle NUMBER =
        method(CHANNEL, "getFDVal", int.class)
            .asType(MethodType.methodType(int.class, Object.class));

    private Selectable() {}

    /** Number of the descriptor, -1 if it is a channel of another sort. */
    static int number(@Nullable Object channel) {
      try {
        return CHANNEL.isInstance(channel) ? (int) NUMBER.invokeExact((Object) channel) : -1;
      } catch (Throwable e) {
        return -1;
      }
    }
  }

  /** The private parts of {@code java.net} sockets. */
  public static final class Sockets {
    private static final VarHandle DESCRIPTOR = field(SocketImpl.class, "fd", FileDescriptor.class);
    private static final VarHandle ADDRESS = field(SocketImpl.class, "address", InetAddress.class);
    private static final VarHandle PORT = field(SocketImpl.class, "port", int.class);
    private static final VarHandle LOCAL_PORT = field(SocketImpl.class, "localport", int.class);
    private static final MethodHandle CLOSE = method(SocketImpl.class, "close", void.class);

    private Sockets() {}

    static @Nullable FileDescriptor descriptor(SocketImpl socket) {
      return (FileDescriptor) DESCRIPTOR.get(socket);
    }

    static @Nullable InetAddress remoteAddress(SocketImpl socket) {
      return (InetAddress) ADDRESS.get(socket);
    }

    static int remotePort(SocketImpl socket) {
      return (int) PORT.get(socket);
    }

    static int localPort(SocketImpl socket) {
      return (int) LOCAL_PORT.get(socket);
    }

    static @Nullable InetAddress localAddress(SocketImpl socket) {
      try {
        return (InetAddress) socket.getOption(SocketOptions.SO_BINDADDR);
      } catch (IOException e) {
        return null;
      }
    }

    /** Closes a socket below its {@code java.net.Socket}; its readers are woken. */
    public static void close(SocketImpl socket) throws IOException {
      try {
        CLOSE.invoke(socket);
      } catch (IOException | RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IOException(e);
      }
    }
  }
}
