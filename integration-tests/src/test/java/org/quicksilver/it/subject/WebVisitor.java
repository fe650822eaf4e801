package org.quicksilver.it.subject;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fetches what it is told to, with both HTTP clients of the JDK: {@code <port> <path>...}. Prints
 * all that it gets to see.
 */
public final class WebVisitor {

  private WebVisitor() {}

  /** Runs to the end. */
  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 1; i < args.length; i++) {
      URI uri = URI.create("http://localhost:" + args[0] + args[i]);
      fetch(uri);
      fetch(client, uri);
    }
  }

  private static void fetch(URI uri) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      print(uri, status, connection.getHeaderFields(), in.readAllBytes());
    }
  }

  private static void fetch(HttpClient client, URI uri) throws Exception {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    print(uri, response.statusCode(), response.headers().map(), response.body());
  }

  private static void print(URI uri, int status, Map<String, List<String>> headers, byte[] body)
      throws Exception {
    // Jetty's error pages show the port, which is another one each time.
    String page = new String(body, StandardCharsets.ISO_8859_1).replace(uri.getAuthority(), "");
    System.out.println(uri.getPath() + " " + status + " " + page.length() + digest(page));
    Map<String, List<String>> sorted = new TreeMap<>();
    headers.forEach((name, value) -> sorted.put(name == null ? "" : name.toLowerCase(), value));
    sorted.keySet().removeAll(List.of("date", "last-modified", "etag"));
    System.out.println(sorted);
  }

  private static String digest(String page) throws NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(page.getBytes(StandardCharsets.ISO_8859_1));
    return " bytes " + HexFormat.of().formatHex(digest);
  }
}
