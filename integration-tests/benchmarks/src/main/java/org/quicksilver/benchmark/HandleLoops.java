package org.quicksilver.benchmark;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The program under measurement: what programs do with handles all day, in loops. Knows nothing of
 * Quicksilver: the same classes run with the agent and without. Opening is done 20 frames deep in
 * all, as deep as the figures are promised for.
 *
 * <p>Reads lines {@code LOOP MILLIS}, runs that loop for that long, and answers with the
 * nanoseconds of one turn. A line {@code LOOP warm} runs it until the compilers have done their
 * work, and is answered with those of the last second.
 */
final class HandleLoops {

  /** Frames on the stack where the handle is opened, those of this program among them. */
  private static final int DEPTH = 20;

  private static final int BLOCK = 4096;

  /** As deep as servers are that stack one framework upon the other. */
  private static final int DEEP = 100;

  /** One hand-over between threads is dearer than a task: many are handed over at once. */
  private static final int TASKS = 500;

  private static final int WARM_UP_SECONDS = 20;

  /** Of a second; some methods are compiled now and then for ever. */
  private static final int MILLIS_AT_REST = 20;

  private long framesHere = -1;
  private final ThreadPoolExecutor pool =
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>());
  private int lastTask;
  private Throwable stack;
  private Socket served;
  private Path file;
  private String fileName;
  private FileChannel channel;
  private FileInputStream stream;
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
  private final byte[] bytes = new byte[64];
  private ServerSocket listener;
  private ServerSocket echoListener;
  private Socket echo;

  private static final int TURNS_BETWEEN_LOOKS_AT_THE_CLOCK = 16;

  private interface Action {
    void run() throws IOException;
  }

  private HandleLoops() {}

  /** Serves standard input until it ends. */
  public static void main(String[] arguments) throws IOException {
    HandleLoops loops = new HandleLoops();
    loops.open();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      boolean warm = words[1].equals("warm");
      System.out.println(
          warm ? loops.warmUp(words[0]) : loops.nanos(words[0], Integer.parseInt(words[1])));
    }
    loops.close();
  }

  /**
   * Compilers and loop share the processors, and with an agent there is more to compile: who
   * measures before that is done measures the start, and that is a figure of its own.
   */
  private double warmUp(String loop) throws IOException {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    double nanos = 0;
    long compiling = Long.MAX_VALUE;
    for (int second = 0; second < WARM_UP_SECONDS && compiling > MILLIS_AT_REST; second++) {
      long before = compilers.getTotalCompilationTime();
      nanos = nanos(loop, 1000);
      compiling = compilers.getTotalCompilationTime() - before;
    }
    return nanos;
  }

  private double nanos(String loop, int millis) throws IOException {
    return switch (loop) {
      case "twoThreads" -> nanosOfTwo(loop("fileInputStream"), millis);
      case "task", "taskOfRequest" -> nanosPerTurn(loop(loop), millis) / TASKS;
      default -> nanosPerTurn(loop(loop), millis);
    };
  }

  /** Of a turn of each, while both go on. */
  private double nanosOfTwo(Action loop, int millis) throws IOException {
    loop.run();
    Future<Double> other = pool.submit(() -> nanosPerTurn(loop, millis));
    double own = nanosPerTurn(loop, millis);
    return (own + get(other)) / 2;
  }

  private static <T> T get(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  /** Each an object of its own, as tasks are. */
  private void tasks() throws IOException {
    for (int i = 1; i < TASKS; i++) {
      int number = i;
      pool.execute(() -> lastTask = number);
    }
    get(pool.submit(() -> {}));
  }

  /** From here on this thread works for a client: it has read from a connection it accepted. */
  private void serve() throws IOException {
    if (served == null) {
      try (ServerSocket own = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        Socket client = new Socket(own.getInetAddress(), own.getLocalPort());
        served = own.accept();
        client.getOutputStream().write(1);
        served.getInputStream().read();
      }
    }
  }

  private static double nanosPerTurn(Action loop, int millis) throws IOException {
    long began = System.nanoTime();
    long until = began + millis * 1_000_000L;
    long turns = 0;
    long now = began;
    while (now < until) {
      for (int i = 0; i < TURNS_BETWEEN_LOOKS_AT_THE_CLOCK; i++) {
        loop.run();
      }
      turns += TURNS_BETWEEN_LOOKS_AT_THE_CLOCK;
      now = System.nanoTime();
    }
    return (now - began) / (double) turns;
  }

  private Action loop(String name) throws IOException {
    return switch (name) {
      case "fileInputStream" -> () -> atDepth(DEPTH, () -> new FileInputStream(fileName).close());
      case "deepFileInputStream" ->
          () -> atDepth(DEEP, () -> new FileInputStream(fileName).close());
      case "deepFileInputStreamAndStack" ->
          () ->
              atDepth(
                  DEEP,
                  () -> {
                    stack = new Throwable();
                    new FileInputStream(fileName).close();
                  });
      case "task" -> this::tasks;
      case "taskOfRequest" -> {
        serve();
        yield this::tasks;
      }
      case "fileChannel" ->
          () -> atDepth(DEPTH, () -> FileChannel.open(file, StandardOpenOption.READ).close());
      case "socketConnect" ->
          () ->
              atDepth(
                  DEPTH,
                  () -> new Socket(listener.getInetAddress(), listener.getLocalPort()).close());
      case "channelRead" -> () -> channel.read(block.clear(), 0);
      case "channelWrite" -> () -> channel.write(block.clear(), 0);
      case "streamRead" -> () -> stream.read(bytes);
      case "socketRoundTrip" -> this::roundTrip;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private void roundTrip() throws IOException {
    echo.getOutputStream().write(bytes);
    echo.getInputStream().readNBytes(bytes, 0, bytes.length);
  }

  /** Makes a file, a listener that accepts and closes, and one that echoes. */
  void open() throws IOException {
    file = Files.createTempFile("benchmark", ".bin");
    Files.write(file, new byte[1 << 16]);
    fileName = file.toString();
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    stream = new FileInputStream("/dev/zero");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    listener = new ServerSocket(0, 500, loopback);
    daemon(() -> acceptAndClose(listener));
    echoListener = new ServerSocket(0, 500, loopback);
    daemon(() -> acceptAndEcho(echoListener));
    echo = new Socket(loopback, echoListener.getLocalPort());
    echo.setTcpNoDelay(true);
  }

  private static void daemon(Action body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (IOException e) {
                // The trial is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void acceptAndClose(ServerSocket listener) throws IOException {
    while (true) {
      listener.accept().close();
    }
  }

  private static void acceptAndEcho(ServerSocket listener) throws IOException {
    try (Socket socket = listener.accept()) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      byte[] buffer = new byte[64];
      for (int n = in.readNBytes(buffer, 0, 64); n == 64; n = in.readNBytes(buffer, 0, 64)) {
        out.write(buffer);
      }
    }
  }

  /** Closes all of it. */
  void close() throws IOException {
    pool.shutdown();
    if (served != null) {
      served.close();
    }
    echo.close();
    listener.close();
    echoListener.close();
    stream.close();
    channel.close();
    Files.delete(file);
  }

  private void atDepth(int depth, Action action) throws IOException {
    if (framesHere < 0) {
      framesHere = StackWalker.getInstance().walk(frames -> frames.count());
    }
    // The action and one call of deep come on top of what is here.
    deep((int) Math.max(0, depth - framesHere - 2), action);
  }

  private static void deep(int frames, Action action) throws IOException {
    if (frames == 0) {
      action.run();
    } else {
      deep(frames - 1, action);
    }
  }
}
