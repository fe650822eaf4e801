package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Executors, sockets, selectors and child processes. Prints all that it gets to see. */
final class JdkTasks {

  private JdkTasks() {}

  static void run() throws Exception {
    pools();
    rejection();
    sockets();
    selector();
    children();
    virtualThreads();
  }

  private static void pools() throws Exception {
    ExecutorService fixed = Executors.newFixedThreadPool(3);
    ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1);
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int number = i;
      Callable<Integer> task = () -> number * number;
      futures.add(fixed.submit(task));
      futures.add(scheduled.schedule(task, i % 3, TimeUnit.MILLISECONDS));
      futures.add(ForkJoinPool.commonPool().submit(task));
      futures.add(CompletableFuture.supplyAsync(() -> number, fixed).thenApply(n -> n + 1));
    }
    long sum = 0;
    for (Future<Integer> future : futures) {
      sum += future.get();
    }
    fixed.shutdown();
    scheduled.shutdownNow();
    System.out.println(sum + " " + fixed.awaitTermination(10, TimeUnit.SECONDS));
  }

  private static void rejection() {
    ThreadPoolExecutor narrow =
        new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    narrow.shutdown();
    try {
      narrow.execute(() -> System.out.println("executed after all"));
    } catch (RejectedExecutionException e) {
      System.out.println("rejected");
    }
  }

  private static void sockets() throws Exception {
    ExecutorService sessions = Executors.newCachedThreadPool();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 50; i++) {
        Future<Integer> served = sessions.submit(() -> doubled(server));
        try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
          socket.getOutputStream().write(i);
          int answer = socket.getInputStream().read();
          if (answer != 2 * i || served.get() != answer) {
            throw new IllegalStateException(i + " doubled is " + answer);
          }
        }
      }
    }
    sessions.shutdown();
    System.out.println("doubled " + sessions.awaitTermination(10, TimeUnit.SECONDS));
  }

  private static int doubled(ServerSocket server) throws Exception {
    try (Socket socket = server.accept()) {
      int answer = 2 * socket.getInputStream().read();
      socket.getOutputStream().write(answer);
      return answer;
    }
  }

  private static void selector() throws Exception {
    try (Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        SocketChannel client = SocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      client.configureBlocking(false);
      client.connect(server.getLocalAddress());
      selector.select();
      try (SocketChannel accepted = server.accept()) {
        System.out.println(client.finishConnect() + " " + accepted.isConnected());
        accepted.write(ByteBuffer.wrap(new byte[] {42}));
        ByteBuffer buffer = ByteBuffer.allocate(4);
        client.configureBlocking(true);
        System.out.println(client.read(buffer) + " " + buffer.get(0));
      }
      System.out.println(client.read(ByteBuffer.allocate(1)) + " " + client.isOpen());
    }
  }

  private static void children() throws Exception {
    Process child =
        new ProcessBuilder("sh", "-c", "read a; echo got $a; echo bad >&2; exit 3").start();
    child.getOutputStream().write("it\n".getBytes());
    child.getOutputStream().close();
    try (BufferedReader out = child.inputReader();
        InputStream err = child.getErrorStream()) {
      System.out.print(out.readLine() + " " + new String(err.readAllBytes()));
    }
    System.out.println(child.waitFor() + " " + child.onExit().get().exitValue());
  }

  /** By reflection: the method came with 21. */
  private static void virtualThreads() throws Exception {
    if (Runtime.version().feature() < 21) {
      return;
    }
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try (ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
      List<Future<Integer>> served = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        served.add(virtual.submit(() -> doubled(server)));
        virtual.submit(() -> call(server));
      }
      int sum = 0;
      for (Future<Integer> future : served) {
        sum += future.get();
      }
      System.out.println("virtually " + sum);
    }
    virtual.shutdown();
  }

  private static Object call(ServerSocket server) throws Exception {
    try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
      socket.getOutputStream().write(21);
      return socket.getInputStream().read();
    }
  }
}
