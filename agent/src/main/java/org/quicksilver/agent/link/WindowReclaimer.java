package org.quicksilver.agent.link;

import java.awt.EventQueue;
import java.awt.SystemTray;
import java.awt.TrayIcon;
import java.awt.Window;
import java.io.IOException;

/**
 * Disposes of windows and tray icons, on their event thread; owned windows go with their owner.
 * Loaded only when there is one.
 */
final class WindowReclaimer {

  private WindowReclaimer() {}

  static void dispose(Object object) throws IOException {
    if (object instanceof TrayIcon icon) {
      EventQueue.invokeLater(() -> SystemTray.getSystemTray().remove(icon));
      return;
    }
    if (!(object instanceof Window window)) {
      throw new IOException("cannot close a " + object.getClass().getName());
    }
    EventQueue.invokeLater(window::dispose);
  }
}
