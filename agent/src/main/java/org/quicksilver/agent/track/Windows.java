package org.quicksilver.agent.track;

import java.awt.Dialog;
import java.awt.Frame;
import java.awt.Window;

/** What windows are called. Loaded only when there is one. */
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
}
