package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A thread for each client, and what the first of them opened is used for all: a selector that goes
 * from hand to hand, a file that is read here and there. Lines say what to do, and are sent back:
 * {@code <directory>}.
 */
public final class SharedByUse {

  private final String directory;
  private final Selector sleeping = Selector.open();
  private final List<Closeable> kept = new CopyOnWriteArrayList<>();
  private @Nullable Selector selector;
  private @Nullable RandomAccessFile store;
  private @Nullable FileLock lock;

  private SharedByUse(String directory) throws IOException {
    this.directory = directory;
  }

  /** Serves. */
  public static void main(String[] args) throws IOException {
    SharedByUse shared = new SharedByUse(args[0]);
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on " + listener.getLocalPort());
      while (true) {
        Socket socket = listener.accept();
        new Thread(() -> shared.serve(socket)).start();
      }
    }
  }

  private void serve(Socket socket) {
    FileChannel own = null;
    try (BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line) {
          case "use" -> use();
          case "late" -> closeLate();
          case "own" -> own = useOwn(own);
          default -> {
            leave(socket);
            return;
          }
        }
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      System.out.println(e);
    }
  }

  private synchronized void use() throws IOException {
    if (selector == null) {
      selector = Selector.open();
    }
    if (store == null) {
      store = new RandomAccessFile(directory + "/store", "rw");
      lock = store.getChannel().lock();
    }
    selector.selectNow();
    store.seek(1);
    System.out.println("locked: " + lock.isValid());
  }

  /** What a session opens for one request, and goes on with for the next. */
  private FileChannel useOwn(@Nullable FileChannel known) throws IOException {
    FileChannel channel = known;
    if (channel == null) {
      channel = FileChannel.open(Files.createFile(Path.of(directory, "own")));
      kept.add(channel);
    }
    channel.read(ByteBuffer.allocate(1));
    return channel;
  }

  /** Its descriptor stays open until the selector has been asked, which nobody does. */
  private void closeLate() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.register(sleeping, SelectionKey.OP_CONNECT);
    channel.close();
  }

  /** What is done after the connection is closed is not done for who was at its other end. */
  private void leave(Socket socket) throws IOException {
    socket.close();
    kept.add(new FileOutputStream(directory + "/afterwards"));
    System.out.println("opened afterwards");
  }
}
