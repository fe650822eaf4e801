package org.quicksilver.it.subject;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Opens a file for each request and keeps it, in every way work is handed to another thread. A
 * request is a line {@code <way> <name>}; whoever asked is told when the file is open. Also does
 * what it is told on standard input, for itself: {@code <directory>}.
 */
public final class ManyHands {

  private static final int PIECES = 4;

  private final ExecutorService pool =
      new ThreadPoolExecutor(2, 2, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>());
  private final ExecutorService stealing = new ForkJoinPool(2);
  private final ScheduledExecutorService scheduler = new ScheduledThreadPoolExecutor(1);
  private final ScheduledExecutorService trigger = Executors.newScheduledThreadPool(1);
  private final Timer timer = new Timer(true);
  private final AtomicReference<CompletableFuture<Void>> relay =
      new AtomicReference<>(new CompletableFuture<>());
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private final String directory;
  private final HttpServer web;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Executor> ways;

  private ManyHands(String directory) throws IOException {
    this.directory = directory;
    this.web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
    web.start();
    this.ways = new HashMap<>(BorrowedPools.ways());
    ways.putAll(OwnPools.ways());
    ways.putAll(
        Map.ofEntries(
            Map.entry("self", Runnable::run),
            Map.entry("pool", pool::execute),
            Map.entry("thread", work -> new Thread(work).start()),
            Map.entry("fork", stealing::execute),
            Map.entry("async", work -> CompletableFuture.runAsync(work)),
            Map.entry("stages", this::stages),
            Map.entry("completed", this::completed),
            Map.entry("relayed", this::relayed),
            Map.entry("delayed", this::delayed),
            Map.entry("scheduled", work -> scheduler.schedule(work, 20, TimeUnit.MILLISECONDS)),
            Map.entry("repeated", this::repeated),
            Map.entry("timer", this::timer),
            Map.entry("http", this::http),
            Map.entry("virtual", ManyHands::virtual)));
  }

  /** Serves. */
  public static void main(String[] args) throws IOException {
    ManyHands hands = new ManyHands(args[0]);
    // Threads of pools that were there before the first request serve whom they are told to.
    IntStream.range(0, 100).parallel().forEach(i -> Thread.onSpinWait());
    int loop = EventLoop.start(hands::serve);
    int callbacks = Callbacks.start(hands::serve);
    System.out.println("listening on " + loop + " " + callbacks);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String told = line;
      hands.serve(line, () -> System.out.println("opened " + told));
    }
  }

  private void serve(String request, Runnable answer) {
    String[] words = request.split(" ");
    Runnable work =
        () -> {
          open(words[1]);
          answer.run();
        };
    Executor way = ways.get(words[0]);
    if (way == null) {
      pieces(words[1], answer);
    } else {
      way.execute(work);
    }
  }

  private void open(String name) {
    try {
      FileOutputStream file = new FileOutputStream(directory + "/" + name);
      open.add(file);
      file.write(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A parallel stream: each piece of the work opens a file of its own. */
  private void pieces(String name, Runnable answer) {
    pool.execute(
        () -> {
          IntStream.range(0, PIECES)
              .parallel()
              .forEach(
                  piece -> {
                    pause();
                    open(name + "-" + piece);
                  });
          answer.run();
        });
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stages(Runnable work) {
    CompletableFuture.supplyAsync(() -> 1, stealing)
        .thenApplyAsync(n -> n + 1)
        .thenCompose(n -> CompletableFuture.supplyAsync(() -> n, pool))
        .thenAcceptAsync(n -> work.run(), pool);
  }

  /** Somebody who serves nobody completes what the stage waits for. */
  private void completed(Runnable work) {
    CompletableFuture<Integer> later = new CompletableFuture<>();
    CompletableFuture<Integer> other = new CompletableFuture<>();
    later.thenCombine(other, Integer::sum).whenComplete((sum, e) -> work.run());
    trigger.schedule(() -> later.complete(1), 10, TimeUnit.MILLISECONDS);
    trigger.schedule(() -> other.complete(2), 20, TimeUnit.MILLISECONDS);
  }

  /** The next one who comes, whoever that is, completes what the stage waits for. */
  private void relayed(Runnable work) {
    CompletableFuture<Void> own = new CompletableFuture<>();
    own.thenRun(work);
    trigger.schedule(() -> own.complete(null), 200, TimeUnit.MILLISECONDS);
    relay.getAndSet(own).complete(null);
  }

  private void delayed(Runnable work) {
    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS).execute(work);
  }

  /** The third time counts. */
  private void repeated(Runnable work) {
    AtomicInteger times = new AtomicInteger();
    scheduler.scheduleAtFixedRate(
        () -> {
          if (times.incrementAndGet() == 3) {
            work.run();
          }
        },
        1,
        5,
        TimeUnit.MILLISECONDS);
  }

  private void timer(Runnable work) {
    AtomicInteger times = new AtomicInteger();
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            if (times.incrementAndGet() == 3) {
              work.run();
            }
          }
        };
    timer.schedule(task, 1, 5);
  }

  /** A server of our own is asked, and what comes back is worked on by a thread of the client's. */
  private void http(Runnable work) {
    URI uri = URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/");
    client
        .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .thenAccept(response -> work.run());
  }

  /** By reflection: the method came with 21. */
  private static void virtual(Runnable work) {
    try {
      Runnable sleeper =
          () -> {
            pause();
            work.run();
          };
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, sleeper);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
