package org.quicksilver.it.subject;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * Everything that can go wrong with what is intercepted, with the whole stack of each exception:
 * {@code <empty directory>}.
 */
public final class Failures {

  private final Path directory;

  private Failures(Path directory) {
    this.directory = directory;
  }

  /** Fails at everything. */
  public static void main(String[] args) throws Exception {
    Failures failures = new Failures(Path.of(args[0]));
    failures.files();
    failures.sockets();
    failures.channels();
    failures.processes();
  }

  private static void fail(String what, Callable<?> attempt) {
    try {
      System.out.println(what + ": no failure, but " + attempt.call().getClass().getName());
    } catch (Throwable e) {
      StringWriter stack = new StringWriter();
      e.printStackTrace(new PrintWriter(stack));
      // The names of temporary files are drawn.
      System.out.print(what + ": " + stack.toString().replaceAll("\\d{12,}", "N"));
    }
  }

  private void files() throws Exception {
    File missing = directory.resolve("missing").toFile();
    fail("stream of a missing file", () -> new FileInputStream(missing));
    fail("stream of null", () -> new FileInputStream((File) null));
    fail("stream of a directory", () -> new FileInputStream(directory.toFile()));
    fail("output to a directory", () -> new FileOutputStream(directory.toFile()));
    fail("random access, bad mode", () -> new RandomAccessFile(missing, "x"));
    fail("random access, missing", () -> new RandomAccessFile(missing, "r"));
    fail("channel of a missing file", () -> FileChannel.open(missing.toPath()));
    fail("list of a missing directory", () -> Files.list(missing.toPath()));
    fail(
        "list of a file", () -> Files.newDirectoryStream(Files.createFile(directory.resolve("f"))));
    fail("temporary file in nowhere", () -> Files.createTempFile(missing.toPath(), "a", "b"));
    fail("temporary file, short prefix", () -> File.createTempFile("a", null));
    fail("temporary file, null directory entry", () -> File.createTempFile("abc", "/x/y", missing));
    FileInputStream closed = new FileInputStream(directory.resolve("f").toFile());
    closed.close();
    closed.close();
    fail("read of a closed stream", closed::read);
    RandomAccessFile file = new RandomAccessFile(directory.resolve("f").toFile(), "r");
    fail("write of a read-only file", () -> write(file));
    file.close();
    fail("read of a closed file", file::read);
  }

  private static Object write(RandomAccessFile file) throws Exception {
    file.write(1);
    return file;
  }

  private void sockets() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      fail("bind twice", () -> bind(new ServerSocket(), "localhost", port));
      server.setSoTimeout(50);
      fail("nobody to accept", server::accept);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(50);
        fail("nothing to read", socket.getInputStream()::read);
        fail("connect twice", () -> connect(socket, port));
        socket.close();
        fail("read of a closed socket", socket::getInputStream);
      }
      server.close();
      fail("accept of a closed server", server::accept);
      fail("connection refused", () -> new Socket(InetAddress.getLoopbackAddress(), port));
      fail("connection refused in time", () -> connect(new Socket(), port));
    }
    fail("unknown host", () -> new Socket("no.such.host.invalid", 1));
    fail("bad port", () -> new Socket("localhost", 70_000));
    fail("foreign address", () -> bind(new ServerSocket(), "192.0.2.1", 0));
  }

  private static Object connect(Socket socket, int port) throws Exception {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
    return socket;
  }

  private static Object bind(ServerSocket socket, String host, int port) throws Exception {
    socket.bind(new InetSocketAddress(host, port));
    return socket;
  }

  private void channels() throws Exception {
    fail("read of an unconnected channel", () -> SocketChannel.open().read(ByteBuffer.allocate(1)));
    fail("accept of an unbound channel", () -> ServerSocketChannel.open().accept());
    Path nowhere = directory.resolve("nobody.sock");
    fail("no such socket file", () -> SocketChannel.open(UnixDomainSocketAddress.of(nowhere)));
    try (ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      unix.bind(UnixDomainSocketAddress.of(nowhere));
      fail("bind twice", () -> unix.bind(UnixDomainSocketAddress.of(nowhere)));
      fail("closed by another", () -> acceptWhileClosed(unix));
    }
    fail("channel interrupted", this::readInterrupted);
  }

  private static Object acceptWhileClosed(ServerSocketChannel channel) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Thread accepting = Thread.currentThread();
    Thread closer = new Thread(() -> closeOnceInside(channel, accepting, go));
    closer.start();
    go.countDown();
    try {
      return channel.accept();
    } finally {
      closer.join();
    }
  }

  private static void closeOnceInside(
      ServerSocketChannel channel, Thread accepting, CountDownLatch go) {
    try {
      go.await();
      while (accepting.getStackTrace().length == 0
          || !accepting.getStackTrace()[0].isNativeMethod()) {
        Thread.onSpinWait();
      }
      channel.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Object readInterrupted() throws Exception {
    try (FileChannel channel = FileChannel.open(directory.resolve("f"), StandardOpenOption.READ)) {
      Thread.currentThread().interrupt();
      return channel.read(ByteBuffer.allocate(1));
    } finally {
      System.out.println("interrupted: " + Thread.interrupted());
    }
  }

  private void processes() {
    fail("no such program", () -> new ProcessBuilder("/no/such/program").start());
    fail(
        "no such directory",
        () -> new ProcessBuilder("true").directory(new File("/no/such/directory")).start());
  }
}
