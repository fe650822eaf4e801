package org.quicksilver.agent.track;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Channels of Netty whose sockets are opened without the JDK. Known by the names of their classes
 * only: a program may have several copies of Netty.
 */
public final class NativeChannels {

  private static final String CHANNEL = "io.netty.channel.epoll.AbstractEpollChannel";
  private static final MethodHandle NO_NUMBER =
      MethodHandles.dropArguments(MethodHandles.constant(int.class, -1), 0, Object.class);

  private static final ClassValue<MethodHandle> NUMBERS =
      new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
          Class<?> channel = epoll(type);
          try {
            return channel == null ? NO_NUMBER : number(channel);
          } catch (ReflectiveOperationException | RuntimeException e) {
            return NO_NUMBER;
          }
        }
      };

  private NativeChannels() {}

  private static @Nullable Class<?> epoll(Class<?> type) {
    Class<?> known = type;
    while (known != null && !known.getName().endsWith(CHANNEL)) {
      known = known.getSuperclass();
    }
    return known;
  }

  /** That of its descriptor, whose class is the one above that of all sockets. */
  private static MethodHandle number(Class<?> channel) throws ReflectiveOperationException {
    Class<?> socket = channel.getDeclaredField("socket").getType();
    MethodHandle descriptor =
        MethodHandles.privateLookupIn(channel, MethodHandles.lookup())
            .findGetter(channel, "socket", socket);
    MethodHandle value =
        MethodHandles.publicLookup()
            .findVirtual(socket, "intValue", MethodType.methodType(int.class));
    return MethodHandles.filterReturnValue(descriptor, value).asType(NO_NUMBER.type());
  }

  /** Number of the descriptor, -1 if it is no such channel. */
  static int number(Object channel) {
    try {
      return (int) NUMBERS.get(channel.getClass()).invokeExact(channel);
    } catch (Throwable e) {
      return -1;
    }
  }

  /** Whether it is one. */
  public static boolean is(Object object) {
    return NUMBERS.get(object.getClass()) != NO_NUMBER;
  }

  /** Has its loop close it, as the application would. */
  public static void close(Object channel) throws IOException {
    try {
      channel.getClass().getMethod("close").invoke(channel);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IOException("could not be closed: " + e, e);
    }
  }
}
