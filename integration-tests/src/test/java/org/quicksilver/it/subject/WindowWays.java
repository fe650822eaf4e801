package org.quicksilver.it.subject;

import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.swing.JFrame;
import javax.swing.JWindow;

/** Ways to open windows, and a tray icon where the desktop has a tray. */
final class WindowWays {

  private WindowWays() {}

  static List<Way> all() {
    List<Way> ways = new ArrayList<>();
    ways.add(Way.of("Frame", "WINDOW", () -> shown(() -> new Frame("frame"))));
    ways.add(Way.of("JFrame", "WINDOW", () -> shown(() -> new JFrame("swing"))));
    ways.add(Way.of("Dialog", "WINDOW", () -> shown(() -> new Dialog((Frame) null, "dialog"))));
    ways.add(Way.of("Window, hidden", "WINDOW", WindowWays::hidden));
    if (java.awt.SystemTray.isSupported()) {
      ways.add(Way.of("TrayIcon", "TRAY_ICON", WindowWays::icon));
    }
    return ways;
  }

  private static AutoCloseable shown(Callable<Window> maker) throws Exception {
    Window window = maker.call();
    window.setSize(50, 50);
    window.setVisible(true);
    return () -> EventQueue.invokeAndWait(window::dispose);
  }

  /** Has its native peer all the same. */
  private static AutoCloseable hidden() {
    JWindow window = new JWindow();
    window.pack();
    window.setVisible(true);
    window.setVisible(false);
    return () -> EventQueue.invokeAndWait(window::dispose);
  }

  private static AutoCloseable icon() throws Exception {
    java.awt.TrayIcon icon =
        new java.awt.TrayIcon(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "icon");
    java.awt.SystemTray.getSystemTray().add(icon);
    return () -> java.awt.SystemTray.getSystemTray().remove(icon);
  }
}
