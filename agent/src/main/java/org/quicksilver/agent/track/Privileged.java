package org.quicksilver.agent.track;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * What the agent does by its own right. Hooks run on the application's threads, and where there is
 * a security manager that application may be allowed next to nothing.
 */
@SuppressWarnings("removal")
public final class Privileged {

  private Privileged() {}

  /** Does it, and returns what it returns. */
  public static <T> T run(PrivilegedAction<T> action) {
    return AccessController.doPrivileged(action);
  }
}
