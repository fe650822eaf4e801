package org.quicksilver.node;

import java.io.IOException;
import java.nio.file.Path;

/** Another node holds the lock of this home; nothing has been touched. */
public final class NodeRunningException extends IOException {
  private static final long serialVersionUID = 1;

  private final long pid;

  NodeRunningException(Path home, long pid) {
    super("a node already runs for " + home + " (process " + (pid == 0 ? "unknown" : pid) + ")");
    this.pid = pid;
  }

  /** Process ID of the running node, 0 if it has not yet written it. */
  public long pid() {
    return pid;
  }
}
