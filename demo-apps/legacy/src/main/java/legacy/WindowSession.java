package legacy;

import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import javax.swing.JFrame;
import javax.swing.JTextArea;
import javax.swing.SwingUtilities;

/** One connection to a {@link WindowServer} and its window. */
final class WindowSession implements Runnable {
  private final WindowServer server;
  private final int number;
  private final LineSocket client;
  private JFrame frame;
  private JTextArea text;

  WindowSession(WindowServer server, int number, LineSocket client) {
    this.server = server;
    this.number = number;
    this.client = client;
  }

  @Override
  public void run() {
    try {
      String line;
      while ((line = client.readLine()) != null) {
        if (line.equals("QUIT")) {
          quit();
          return;
        }
        serve(line);
      }
    } catch (IOException e) {
      System.out.println("session " + number + ": " + e.getMessage());
    }
  }

  private void serve(String line) throws IOException {
    try {
      client.send(("OK " + answer(line.split(" ", 2))).trim());
    } catch (IOException | RuntimeException e) {
      client.send("ERR " + e.getMessage());
    }
  }

  private String answer(String[] words) throws IOException {
    switch (words[0]) {
      case "OPEN":
        onEventThread(() -> open(words[1]));
        return "";
      case "TEXT":
        onEventThread(() -> text.append(words[1] + "\n"));
        return "";
      case "CLOSE":
        onEventThread(this::close);
        return "";
      case "COUNT":
        return Long.toString(WindowServer.count());
      default:
        throw new IOException("unknown command: " + words[0]);
    }
  }

  private static void onEventThread(Runnable task) throws IOException {
    if (GraphicsEnvironment.isHeadless()) {
      throw new IOException("no display");
    }
    try {
      SwingUtilities.invokeAndWait(task);
    } catch (InterruptedException | InvocationTargetException e) {
      throw new IOException(e.getCause() == null ? e : e.getCause());
    } catch (AWTError | LinkageError e) {
      throw new IOException("no display: " + e.getMessage());
    }
  }

  private void open(String title) {
    text = new JTextArea(8, 40);
    text.setEditable(false);
    frame = new JFrame(title);
    frame.add(text);
    frame.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent event) {
            onClosedByUser();
          }
        });
    frame.pack();
    frame.setLocation(30 * number, 30 * number);
    frame.setVisible(true);
  }

  private void close() {
    if (frame != null) {
      frame.dispose();
      frame = null;
    }
  }

  private void onClosedByUser() {
    close();
    try {
      client.send("CLOSED");
      client.close();
    } catch (IOException e) {
      System.out.println("session " + number + ": " + e.getMessage());
    }
    server.forget(number);
  }

  private void quit() throws IOException {
    if (frame != null) {
      onEventThread(this::close);
    }
    client.send("BYE");
    client.close();
    server.forget(number);
  }
}
