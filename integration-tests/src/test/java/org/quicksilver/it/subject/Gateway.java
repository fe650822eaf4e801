package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A middle tier, {@code <kind of client> <directory> <port> [<key store>]}: asks many questions at
 * once for each line of each of its clients, all over the few connections of one client, and opens
 * a file for each answer where that comes in. What stands behind it keeps a file for each question.
 */
public final class Gateway {

  /** Questions for each line. */
  public static final int QUESTIONS = 10;

  /** Asks without waiting. */
  interface Asker {
    /**
     * Asks.
     *
     * @param answered run where the answer comes in, whatever it is
     */
    void ask(String name, Runnable answered);
  }

  private final List<FileOutputStream> kept = new CopyOnWriteArrayList<>();
  private final String directory;
  private final Asker asker;

  private Gateway(String directory, Asker asker) {
    this.directory = directory;
    this.asker = asker;
  }

  /** Serves until it is killed. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[2]);
    Asker asker = args.length > 3 ? overTls(args[0], port, args[3]) : asker(args[0], port);
    new Gateway(args[1], asker).serve();
  }

  private static Asker overTls(String kind, int port, String store) throws Exception {
    String address = "https://127.0.0.1:" + port + "/";
    return kind.equals("okhttp")
        ? new Askers.OfOkHttp(address, store)
        : new Askers.OfJdk(HttpClient.newBuilder().sslContext(Tls.context(store)), address);
  }

  private static Asker asker(String kind, int port) throws Exception {
    String address = "http://127.0.0.1:" + port + "/";
    return switch (kind) {
      case "grpc" -> new Askers.OfGrpc(port);
      case "jdk" -> jdk(HttpClient.Version.HTTP_1_1, address);
      case "jdk_2" -> jdk(HttpClient.Version.HTTP_2, address);
      case "apache" -> new Askers.OfApache(address);
      case "okhttp" -> new Askers.OfOkHttp(address);
      case "jetty" -> new Askers.OfJetty(address);
      case "vertx" -> new Askers.OfVertx(port);
      case "reactor" -> new Askers.OfReactor(address);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static Asker jdk(HttpClient.Version version, String address) {
    return new Askers.OfJdk(HttpClient.newBuilder().version(version), address);
  }

  private void serve() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on " + server.getLocalPort());
      while (true) {
        Socket client = server.accept();
        new Thread(() -> serve(client)).start();
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        CountDownLatch answered = new CountDownLatch(QUESTIONS);
        for (int i = 0; i < QUESTIONS; i++) {
          String name = line + "-" + i;
          asker.ask(name, () -> keep(name, answered));
        }
        answered.await();
        client.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException | InterruptedException e) {
      // The client is gone.
    }
  }

  private void keep(String name, CountDownLatch answered) {
    try {
      kept.add(new FileOutputStream(directory + "/" + name));
    } catch (IOException e) {
      System.out.println("failed: " + e);
    }
    answered.countDown();
  }
}
