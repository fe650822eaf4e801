package org.quicksilver.benchmark;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a program does with handles all day. Knows nothing of Quicksilver: the same forks run with
 * the agent and without. Opening is done 20 frames deep in all, as deep as the figures are promised
 * for.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandleBenchmark {

  /** Frames on the stack where the handle is opened, those of JMH among them. */
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

  private interface Opening {
    void run() throws IOException;
  }

  /** Makes a file, a listener that accepts and closes, and one that echoes. */
  @Setup(Level.Trial)
  public void open() throws IOException {
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

  private static void daemon(Opening body) {
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
  @TearDown(Level.Trial)
  public void close() throws IOException {
    echo.close();
    listener.close();
    echoListener.close();
    stream.close();
    channel.close();
    Files.delete(file);
  }

  private void atDepth(Opening opening) throws IOException {
    if (extraFrames < 0) {
      long here = StackWalker.getInstance().walk(frames -> frames.count());
      // The opening and one call of deep come on top of what is here.
      extraFrames = (int) Math.max(0, DEPTH - here - 2);
    }
    deep(extraFrames, opening);
  }

  private static void deep(int frames, Opening opening) throws IOException {
    if (frames == 0) {
      opening.run();
    } else {
      deep(frames - 1, opening);
    }
  }

  /** A stream, opened and closed. */
  @Benchmark
  public void fileInputStream() throws IOException {
    atDepth(() -> new FileInputStream(fileName).close());
  }

  /** A channel, opened and closed. */
  @Benchmark
  public void fileChannel() throws IOException {
    atDepth(() -> FileChannel.open(file, StandardOpenOption.READ).close());
  }

  /** A connection, made and closed. */
  @Benchmark
  public void socketConnect() throws IOException {
    atDepth(() -> new Socket(listener.getInetAddress(), listener.getLocalPort()).close());
  }

  /** 4 KiB read through a channel. */
  @Benchmark
  public int channelRead() throws IOException {
    return channel.read(block.clear(), 0);
  }

  /** 4 KiB written through a channel. */
  @Benchmark
  public int channelWrite() throws IOException {
    return channel.write(block.clear(), 0);
  }

  /** 64 bytes read from a stream. */
  @Benchmark
  public int streamRead() throws IOException {
    return stream.read(bytes);
  }

  /** 64 bytes to a peer and back. */
  @Benchmark
  public int socketRoundTrip() throws IOException {
    echo.getOutputStream().write(bytes);
    return echo.getInputStream().readNBytes(bytes, 0, bytes.length);
  }
}
