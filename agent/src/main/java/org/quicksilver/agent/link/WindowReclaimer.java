package org.quicksilver.agent.link;

import java.awt.EventQueue;
import java.awt.Window;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * Disposes of windows, on their event thread; owned windows go with their owner. Loaded only when
 * there is one.
 */
final class WindowReclaimer {

  private WindowReclaimer() {}

  static void dispose(Object object) throws IOException {
    if (!(object instanceof Window window)) {
      throw new IOException("cannot close a " + object.getClass().getName());
    }
    try {
      EventQueue.invokeAndWait(window::dispose);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while disposing of a window", e);
    } catch (InvocationTargetException e) {
      throw new IOException("the window refused to be disposed of: " + e.getCause(), e);
    }
  }
}
