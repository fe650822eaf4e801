package org.quicksilver.node;

import java.util.function.Consumer;
import org.quicksilver.handle.HandleRecord;

/**
 * One leftover of one dead JVM.
 *
 * @param dead whose it was
 * @param handle what it is
 * @param onClosed told once when nothing more will be done about it
 */
record Case(DeadJvm dead, HandleRecord handle, Consumer<DeadJvm> onClosed) {

  void close() {
    onClosed.accept(dead);
  }

  String key() {
    return key(dead, handle);
  }

  /** Names a leftover among all ever. */
  static String key(DeadJvm dead, HandleRecord handle) {
    return Integer.toUnsignedString(dead.incarnation())
        + ":"
        + handle.slot()
        + ":"
        + handle.generation();
  }
}
