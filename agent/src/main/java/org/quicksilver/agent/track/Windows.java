package org.quicksilver.agent.track;

import java.awt.Dialog;
import java.awt.Frame;
import java.awt.TrayIcon;
import java.awt.Window;

/** What windows and tray icons are called. Loaded only when there is one. */
final class Windows {

  private Windows() {}

  /** Title of a frame or dialog, name of any other window. */
  static String title(Object window) {
    if (window instanceof Frame frame && frame.getTitle() != null && !frame.getTitle().isEmpty()) {
      return frame.getTitle();
    }
    if (window instanceof Dialog dialog
        && dialog.getTitle() != null
        && !dialog.getTitle().isEmpty()) {
      return dialog.getTitle();
    }
    return window instanceof Window w ? w.getName() : window.toString();
  }

  /** Swing has one for all windows without an owner, and never shows it. */
  static boolean isOfTheJdk(Object window) {
    return window.getClass().getName().startsWith("javax.swing.SwingUtilities$");
  }

  /** What a tray icon says when it is pointed at, or that it is one. */
  static String tooltip(Object icon) {
    String tooltip = icon instanceof TrayIcon i ? i.getToolTip() : null;
    return tooltip == null ? "tray icon" : tooltip;
  }
}
