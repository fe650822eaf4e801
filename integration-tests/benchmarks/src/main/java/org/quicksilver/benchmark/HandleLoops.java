package org.quicksilver.benchmark;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The program under measurement: what programs do with handles all day, in loops. Knows nothing of
 * Quicksilver: the same classes run with the agent and without. Opening is done 20 frames deep in
 * all, as deep as the figures are promised for.
 *
 * <p>Reads lines {@code LOOP MILLIS}, runs that loop for that long, and answers with the
 * nanoseconds of one turn.
 */
final class HandleLoops {

  /** Frames on the stack where the handle is opened, those of this program among them. */
  private static final int DEPTH = 20;

  private static final int BLOCK = 4096;

  private int extraFrames = -1;
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
      System.out.println(nanosPerTurn(loops.loop(words[0]), Integer.parseInt(words[1])));
    }
    loops.close();
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

  private Action loop(String name) {
    return switch (name) {
      case "fileInputStream" -> () -> atDepth(() -> new FileInputStream(fileName).close());
      case "fileChannel" ->
          () -> atDepth(() -> FileChannel.open(file, StandardOpenOption.READ).close());
      case "socketConnect" ->
          () ->
              atDepth(() -> new Socket(listener.getInetAddress(), listener.getLocalPort()).close());
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
    echo.close();
    listener.close();
    echoListener.close();
    stream.close();
    channel.close();
    Files.delete(file);
  }

  private void atDepth(Action action) throws IOException {
    if (extraFrames < 0) {
      long here = StackWalker.getInstance().walk(frames -> frames.count());
      // The action and one call of deep come on top of what is here.
      extraFrames = (int) Math.max(0, DEPTH - here - 2);
    }
    deep(extraFrames, action);
  }

  private static void deep(int frames, Action action) throws IOException {
    if (frames == 0) {
      action.run();
    } else {
      deep(frames - 1, action);
    }
  }
}
