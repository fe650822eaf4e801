package org.quicksilver.agent.link;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * Closes channels that are registered with a selector. Their descriptor is closed only when the
 * selector runs next, so it is woken. {@code java.nio.channels.spi} must have been opened to our
 * module.
 */
final class RegisteredChannels {

  private static final @Nullable VarHandle KEYS = keys();

  private RegisteredChannels() {}

  private static @Nullable VarHandle keys() {
    try {
      return MethodHandles.privateLookupIn(AbstractSelectableChannel.class, MethodHandles.lookup())
          .findVarHandle(AbstractSelectableChannel.class, "keys", SelectionKey[].class);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  static void close(SelectableChannel channel) throws IOException {
    SelectionKey[] keys =
        KEYS != null && channel instanceof AbstractSelectableChannel
            ? (SelectionKey[]) KEYS.get((AbstractSelectableChannel) channel)
            : null;
    SelectionKey[] before = keys == null ? new SelectionKey[0] : keys.clone();
    channel.close();
    for (SelectionKey key : before) {
      if (key != null) {
        key.selector().wakeup();
      }
    }
  }
}
