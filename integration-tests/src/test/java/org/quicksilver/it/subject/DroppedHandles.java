package org.quicksilver.it.subject;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;

/**
 * Opens twenty handles of each kind, drops them, collects, and prints how many descriptors are
 * left: {@code <file> <zip> [wait for a line at the end]}. Each is opened on a thread named for it.
 * Some the JDK closes when they are collected and some it does not; a tool that holds what it
 * watches makes them all stay.
 */
public final class DroppedHandles {

  private static final int DROPPED = 20;
  private static final int VAIN_COLLECTIONS = 25;
  private static final int LOOKS = 5;

  /** Its threads end by themselves, and keep no process alive. */
  private static final ExecutorService IDLE = Executors.newCachedThreadPool(DroppedHandles::daemon);

  private DroppedHandles() {}

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  /** Drops. */
  public static void main(String[] args) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
      Map<String, Callable<?>> kinds =
          kinds(new File(args[0]), new File(args[1]), server.getLocalPort());
      kinds.put("accepted", () -> accept(server));
      kinds.forEach(DroppedHandles::open);
      collect(0);
      for (Map.Entry<String, Callable<?>> kind : kinds.entrySet()) {
        int before = descriptors();
        for (int i = 0; i < DROPPED; i++) {
          open(kind.getKey(), kind.getValue());
        }
        collect(before);
        System.out.println(kind.getKey() + ": " + (descriptors() - before) + " left");
      }
    }
    System.out.println("dropped");
    if (args.length > 2) {
      System.in.read();
    }
    System.exit(0);
  }

  private static Map<String, Callable<?>> kinds(File file, File zip, int port) {
    Path path = file.toPath();
    Path directory = path.getParent();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Map<String, Callable<?>> kinds = new LinkedHashMap<>();
    kinds.put("input stream", () -> new FileInputStream(file));
    kinds.put("output stream", () -> new FileOutputStream(file, true));
    kinds.put("random access file", () -> new RandomAccessFile(file, "rw"));
    kinds.put("channel", () -> FileChannel.open(path, StandardOpenOption.READ));
    kinds.put("channel of a stream", () -> new FileInputStream(file).getChannel());
    kinds.put("stream of Files", () -> Files.newInputStream(path));
    kinds.put("lines", () -> Files.lines(path));
    kinds.put("asynchronous channel", () -> AsynchronousFileChannel.open(path));
    kinds.put("directory stream", () -> Files.newDirectoryStream(directory));
    kinds.put("list", () -> Files.list(directory));
    kinds.put("walk", () -> Files.walk(directory));
    kinds.put("zip", () -> new ZipFile(zip));
    kinds.put("unconnected socket", () -> bound(new Socket()));
    kinds.put("server socket", () -> new ServerSocket(0));
    kinds.put("datagram socket", () -> new DatagramSocket(0));
    kinds.put("socket channel", () -> SocketChannel.open(address));
    kinds.put("server channel", () -> ServerSocketChannel.open().bind(null));
    kinds.put("pipe", Pipe::open);
    kinds.put("selector", Selector::open);
    kinds.put("watch service", () -> FileSystems.getDefault().newWatchService());
    kinds.put("process", () -> new ProcessBuilder("true").start().waitFor());
    kinds.putAll(further(path, zip));
    return kinds;
  }

  private static Map<String, Callable<?>> further(Path path, File zip) {
    Map<String, Callable<?>> kinds = new LinkedHashMap<>();
    kinds.put("jar", () -> new JarFile(zip));
    kinds.put("zip file system", () -> FileSystems.newFileSystem(zip.toPath()));
    AtomicLong part = new AtomicLong();
    kinds.put("lock", () -> writing(path).tryLock(part.getAndIncrement(), 1, false));
    kinds.put("mapping", () -> FileChannel.open(path).map(FileChannel.MapMode.READ_ONLY, 0, 4));
    kinds.put("unconnected channel", SocketChannel::open);
    kinds.put("datagram channel", DatagramChannel::open);
    kinds.put("multicast socket", () -> new MulticastSocket(0));
    kinds.put("source of a pipe", DroppedHandles::source);
    kinds.put("asynchronous socket", AsynchronousSocketChannel::open);
    kinds.put("asynchronous server", AsynchronousServerSocketChannel::open);
    kinds.put("group", () -> AsynchronousChannelGroup.withThreadPool(IDLE));
    return kinds;
  }

  private static FileChannel writing(Path path) throws Exception {
    return FileChannel.open(path, StandardOpenOption.WRITE);
  }

  private static Object source() throws Exception {
    Pipe pipe = Pipe.open();
    pipe.sink().close();
    return pipe.source();
  }

  private static Object bound(Socket socket) throws Exception {
    socket.bind(null);
    return socket;
  }

  /** Both ends of a connection. */
  private static Object accept(ServerSocket server) throws Exception {
    Socket socket = new Socket(server.getInetAddress(), server.getLocalPort());
    return new Socket[] {socket, server.accept()};
  }

  private static void open(String name, Callable<?> kind) {
    Thread.currentThread().setName(name);
    try {
      kind.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Until few enough are left, or many collections in a row free none: cleaning is done by a thread
   * that the collector wakes.
   */
  private static void collect(int enough) throws InterruptedException {
    int last = descriptors();
    for (int vain = 0; last > enough && vain < VAIN_COLLECTIONS; vain++) {
      System.gc();
      Thread.sleep(10);
      int now = descriptors();
      if (now < last) {
        last = now;
        vain = 0;
      }
    }
  }

  /** The fewest of some looks: the JVM opens files of its own for a moment. */
  private static int descriptors() throws InterruptedException {
    int fewest = Integer.MAX_VALUE;
    for (int look = 0; look < LOOKS; look++) {
      fewest = Math.min(fewest, new File("/proc/self/fd").list().length);
      Thread.sleep(1);
    }
    return fewest;
  }
}
