package org.quicksilver.it.subject;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has a pool of one thread open a file for each client, and two more by one task that it is handed
 * twice, and one for itself for each byte of its input; one more for each client is opened by a
 * thread that the first of them starts and that is told names, not tasks. Keeps all of them: {@code
 * <directory>}.
 */
public final class PoolServer {

  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>());
  private final LinkedBlockingQueue<String> names = new LinkedBlockingQueue<>();
  private final Semaphore named = new Semaphore(0);
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private final String directory;

  private PoolServer(String directory) {
    this.directory = directory;
  }

  /** Serves. */
  public static void main(String[] args) throws IOException {
    PoolServer server = new PoolServer(args[0]);
    new Thread(server::openOwn).start();
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on " + listener.getLocalPort());
      for (int number = 1; ; number++) {
        int client = number;
        Socket socket = listener.accept();
        new Thread(() -> server.serve(client, socket)).start();
      }
    }
  }

  private void serve(int client, Socket socket) {
    try {
      open.add(socket);
      openTwice("again-for-" + client);
      openByName("named-" + client, client == 1);
      byte[] greeting = {(byte) openInPool("for-client-" + client)};
      socket.getOutputStream().write(greeting);
    } catch (IOException | InterruptedException | ExecutionException e) {
      System.out.println(client + ": " + e);
    }
  }

  /** The pool has not begun the first before it has both. */
  private void openTwice(String name) {
    Semaphore bothAreThere = new Semaphore(0);
    AtomicInteger opened = new AtomicInteger();
    Runnable task = () -> openUnchecked(name + "-" + opened.incrementAndGet());
    pool.execute(bothAreThere::acquireUninterruptibly);
    pool.execute(task);
    pool.execute(task);
    bothAreThere.release();
  }

  private void openByName(String name, boolean isFirst) {
    if (isFirst) {
      Thread late = new Thread(this::openNamed);
      late.setDaemon(true);
      late.start();
    }
    names.add(name);
    named.acquireUninterruptibly();
  }

  private void openNamed() {
    try {
      while (true) {
        openUnchecked(names.take());
        named.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void openUnchecked(String name) {
    try {
      open(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int openInPool(String name) throws InterruptedException, ExecutionException {
    return pool.submit(() -> open(name)).get();
  }

  private int open(String name) throws IOException {
    FileOutputStream file = new FileOutputStream(directory + "/" + name);
    open.add(file);
    file.write(1);
    try (FileInputStream in = new FileInputStream(directory + "/" + name)) {
      return in.read();
    }
  }

  private void openOwn() {
    try {
      for (int number = 1; System.in.read() >= 0; number++) {
        openInPool("own-" + number);
        System.out.println("opened own-" + number);
      }
    } catch (IOException | InterruptedException | ExecutionException e) {
      System.out.println(e);
    }
  }
}
