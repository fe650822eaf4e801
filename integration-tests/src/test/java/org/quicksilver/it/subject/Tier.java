package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One tier of a server. The last one opens a file for each line that it reads, keeps it, and says
 * the line again; the others have one connection to the next tier, over which they send the lines
 * of all their clients, one after another. {@code threads|loop|virtual keep <directory>}, {@code
 * threads|loop|virtual forward <port> early|late}.
 */
public final class Tier {

  private final List<FileOutputStream> kept = new CopyOnWriteArrayList<>();
  private @Nullable Socket next;
  private @Nullable BufferedReader answers;

  private Tier() {}

  /** Serves. */
  public static void main(String[] args) throws Exception {
    Tier tier = new Tier();
    int port = args[1].equals("forward") ? Integer.parseInt(args[2]) : 0;
    if (port > 0 && args[3].equals("early")) {
      tier.connect(port);
    }
    BiConsumer<String, Runnable> served =
        port > 0 ? (line, done) -> tier.forward(line, port, done) : tier.keeping(args[2]);
    int listening = args[0].equals("loop") ? EventLoop.start(served) : threads(args[0], served);
    System.out.println("listening on " + listening);
    Thread.currentThread().join();
  }

  private static int threads(String mode, BiConsumer<String, Runnable> served) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    new Thread(() -> accept(server, mode, served)).start();
    return server.getLocalPort();
  }

  private static void accept(
      ServerSocket server, String mode, BiConsumer<String, Runnable> served) {
    try {
      while (true) {
        Socket client = server.accept();
        start(mode, () -> serve(client, served));
      }
    } catch (Exception e) {
      System.out.println("failed: " + e);
    }
  }

  /** By reflection: the method came with 21. */
  private static void start(String mode, Runnable work) throws ReflectiveOperationException {
    if (mode.equals("virtual")) {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    } else {
      new Thread(work).start();
    }
  }

  private static void serve(Socket client, BiConsumer<String, Runnable> served) {
    try (BufferedReader in = reader(client)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String request = line;
        served.accept(request, () -> write(client, request));
      }
    } catch (IOException e) {
      // It is gone.
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  private static void write(Socket socket, String line) {
    try {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // It is gone.
    }
  }

  private BiConsumer<String, Runnable> keeping(String directory) {
    return (line, done) -> {
      try {
        kept.add(new FileOutputStream(directory + "/" + line));
        done.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private synchronized void forward(String line, int port, Runnable done) {
    try {
      if (next == null) {
        connect(port);
      }
      write(next, line);
      if (!line.equals(answers.readLine())) {
        throw new IOException("not what was asked for");
      }
      done.run();
    } catch (IOException e) {
      System.out.println("failed: " + e);
    }
  }

  private void connect(int port) throws IOException {
    next = new Socket(InetAddress.getLoopbackAddress(), port);
    answers = reader(next);
  }
}
