package org.quicksilver.it.subject;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ways to open sockets, channels, datagrams, pipes and selectors. */
final class SocketWays {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final InetSocketAddress ANY = new InetSocketAddress(HERE, 0);

  private SocketWays() {}

  /** What {@code java.net} has. */
  static List<Way> plain() {
    return List.of(
        Way.of("ServerSocket", "LISTENER", () -> new ServerSocket(0)),
        Way.of("ServerSocket.bind", "LISTENER", SocketWays::boundServer),
        Way.of("Socket.bind", "SOCKET", SocketWays::boundSocket),
        Way.of("Socket", "LISTENER,SOCKET", () -> connected(new Socket())),
        Way.of("ServerSocket.accept", "LISTENER,SOCKET,SOCKET", SocketWays::accepted));
  }

  private static ServerSocket server() throws Exception {
    return new ServerSocket(0, 50, HERE);
  }

  private static AutoCloseable boundServer() throws Exception {
    ServerSocket server = new ServerSocket();
    server.bind(ANY);
    return server;
  }

  private static AutoCloseable boundSocket() throws Exception {
    Socket socket = new Socket();
    socket.bind(ANY);
    return socket;
  }

  private static AutoCloseable connected(Socket socket) throws Exception {
    ServerSocket server = server();
    socket.connect(server.getLocalSocketAddress());
    return Way.all(socket, server);
  }

  private static AutoCloseable accepted() throws Exception {
    ServerSocket server = server();
    Socket socket = new Socket(HERE, server.getLocalPort());
    return Way.all(socket, server.accept(), server);
  }

  /** What {@code java.nio} has; Unix-domain sockets get their files in that directory. */
  static List<Way> channels(Path directory) {
    List<Way> ways = new ArrayList<>(selectable());
    ways.addAll(datagrams());
    ways.add(Way.of("ServerSocketChannel, Unix", "LISTENER", () -> unix(directory.resolve("a"))));
    ways.add(
        Way.of(
            "SocketChannel, Unix",
            "LISTENER,SOCKET,SOCKET",
            () -> accepted(unix(directory.resolve("b")))));
    return ways;
  }

  private static List<Way> selectable() {
    return List.of(
        Way.of("SocketChannel.open", "SOCKET", SocketChannel::open),
        Way.of("SocketChannel.bind", "SOCKET", () -> SocketChannel.open().bind(ANY)),
        Way.of("SocketChannel.socket", "SOCKET", () -> SocketChannel.open().socket()),
        Way.of("SocketChannel.open(address)", "LISTENER,SOCKET,SOCKET", SocketWays::inet),
        Way.of("SocketChannel, not blocking", "LISTENER,SOCKET", SocketWays::notBlocking),
        Way.of("SocketChannel, registered", "SELECTOR,SOCKET", SocketWays::registered),
        Way.of("ServerSocketChannel.open", "LISTENER", ServerSocketChannel::open),
        Way.of("ServerSocketChannel.bind", "LISTENER", () -> ServerSocketChannel.open().bind(ANY)),
        Way.of("ServerSocketChannel.socket", "LISTENER", () -> boundSocketOf()),
        Way.of("Selector.open", "SELECTOR", Selector::open),
        Way.of("Pipe.open", "PIPE,PIPE", () -> both(Pipe.open())),
        Way.of("Pipe, one end", "PIPE", () -> one(Pipe.open())));
  }

  private static AutoCloseable boundSocketOf() throws Exception {
    ServerSocket socket = ServerSocketChannel.open().socket();
    socket.bind(ANY);
    return socket;
  }

  private static AutoCloseable inet() throws Exception {
    return accepted(ServerSocketChannel.open().bind(ANY));
  }

  private static AutoCloseable accepted(ServerSocketChannel server) throws Exception {
    SocketChannel socket = SocketChannel.open(server.getLocalAddress());
    return Way.all(socket, server.accept(), server);
  }

  private static ServerSocketChannel unix(Path path) throws Exception {
    SocketAddress address = UnixDomainSocketAddress.of(path);
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
  }

  private static AutoCloseable notBlocking() throws Exception {
    ServerSocket server = server();
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.connect(server.getLocalSocketAddress());
    while (!channel.finishConnect()) {
      Thread.onSpinWait();
    }
    return Way.all(channel, server);
  }

  /** Closes it first: its descriptor goes when the selector looks next. */
  private static AutoCloseable registered() throws Exception {
    Selector selector = Selector.open();
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_CONNECT);
    return Way.all(channel, selector::selectNow, selector);
  }

  private static AutoCloseable both(Pipe pipe) {
    return Way.all(pipe.sink(), pipe.source());
  }

  private static AutoCloseable one(Pipe pipe) throws Exception {
    pipe.sink().close();
    return pipe.source();
  }

  private static List<Way> datagrams() {
    return List.of(
        Way.of("DatagramSocket", "DATAGRAM", () -> new DatagramSocket(0)),
        Way.of("DatagramSocket, not bound", "DATAGRAM", () -> new DatagramSocket(null)),
        Way.of("MulticastSocket", "DATAGRAM", () -> new MulticastSocket(0)),
        Way.of("DatagramChannel.open", "DATAGRAM", DatagramChannel::open),
        Way.of("DatagramChannel.socket", "DATAGRAM", () -> DatagramChannel.open().socket()),
        Way.of("DatagramChannel.connect", "DATAGRAM", SocketWays::connectedDatagrams));
  }

  private static AutoCloseable connectedDatagrams() throws Exception {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    return channel.bind(ANY).connect(new InetSocketAddress(HERE, 9));
  }
}
