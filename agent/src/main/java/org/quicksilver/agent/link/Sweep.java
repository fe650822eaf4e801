package org.quicksilver.agent.link;

import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.TemporaryFile;
import org.quicksilver.handle.HandleKind;

/** Finds out which things known only by name or number are no longer there. */
final class Sweep {

  private Sweep() {}

  /** Whether closing one is seen by a hook, not only by the sweep. */
  static boolean booksItself(HandleKind kind) {
    return kind != HandleKind.PROCESS && kind != HandleKind.TEMP_FILE;
  }

  static boolean isGone(Handle handle, Handles handles) {
    if (handle.kind() == HandleKind.LOCK) {
      // Held by the file, whoever forgot it, until that is closed.
      return handle.get() == null && handles.fileOfLock(handle) == null;
    }
    if (handle.kind() == HandleKind.PROCESS) {
      return !(handle.get() instanceof Process process) ? childIsGone(handle) : !process.isAlive();
    }
    return handle.kind() == HandleKind.TEMP_FILE
        && handle.get() instanceof TemporaryFile file
        && !file.exists();
  }

  /** The application dropped its {@code Process}; the child may live on. */
  private static boolean childIsGone(Handle handle) {
    return ProcessHandle.of(handle.extra()).map(child -> !child.isAlive()).orElse(true);
  }
}
