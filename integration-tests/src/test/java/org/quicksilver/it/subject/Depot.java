package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A busy server: {@code <directory> [<port of another>]}. Serves connections in turn with a thread
 * of a pool and, on a JDK that has them, a virtual one. Lines of a connection: {@code work N} opens
 * and closes N handles, half of them in a task of another pool; {@code ask} has the other server do
 * so over a connection of a pool; {@code keep PATH} opens a file and forgets to close it; {@code
 * close PATH} closes it after all; {@code count} tells how many handles were opened so far.
 */
public final class Depot {

  private static final int POOLED = 4;
  private static final int FIRST_FEATURE_WITH_VIRTUAL_THREADS = 21;

  private final Handling handling;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ExecutorService others = Executors.newFixedThreadPool(2);
  private final Map<String, FileInputStream> kept = new ConcurrentHashMap<>();
  private final BlockingQueue<Pooled> pool = new LinkedBlockingQueue<>();

  private Depot(Handling handling) {
    this.handling = handling;
  }

  /** Serves until it is killed. */
  public static void main(String[] args) throws Exception {
    Depot depot = new Depot(new Handling(Path.of(args[0])));
    if (args.length > 1) {
      for (int i = 0; i < POOLED; i++) {
        depot.pool.add(new Pooled(Integer.parseInt(args[1])));
      }
    }
    ExecutorService[] workers = {depot.threads, virtualThreads(depot.threads)};
    try (ServerSocket listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on " + listener.getLocalPort());
      for (int number = 0; ; number++) {
        Socket socket = listener.accept();
        workers[number % workers.length].execute(() -> depot.serve(socket));
      }
    }
  }

  private static ExecutorService virtualThreads(ExecutorService otherwise)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    return Runtime.version().feature() < FIRST_FEATURE_WITH_VIRTUAL_THREADS
        ? otherwise
        : (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 256);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String answer = answer(line.split(" ")) + "\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // The client was killed.
    } catch (InterruptedException | ExecutionException e) {
      System.out.println("failed: " + e);
    }
  }

  private String answer(String[] words)
      throws IOException, InterruptedException, ExecutionException {
    switch (words[0]) {
      case "work" -> work(Integer.parseInt(words[1]));
      case "ask" -> ask();
      case "keep" -> kept.put(words[1], new FileInputStream(words[1])); // the line that leaks
      case "close" -> kept.remove(words[1]).close();
      case "count" -> {
        return Long.toString(handling.opened());
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
    return "done";
  }

  private void work(int handles) throws IOException, InterruptedException, ExecutionException {
    handling.handle(handles - handles / 2);
    others.submit(() -> handleRest(handles / 2)).get();
  }

  private void handleRest(int handles) {
    try {
      handling.handle(handles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask() throws IOException, InterruptedException {
    Pooled connection = pool.take();
    try {
      connection.ask("work 4");
    } finally {
      pool.add(connection);
    }
  }

  /** A connection to the other server, open as long as the process lives. */
  private static final class Pooled {
    private final Socket socket;
    private final BufferedReader in;

    Pooled(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    void ask(String line) throws IOException {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      if (in.readLine() == null) {
        throw new IOException("the other server is gone");
      }
    }
  }
}
