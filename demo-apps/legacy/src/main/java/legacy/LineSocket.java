package legacy;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A socket that carries lines of text: one command, one answer. One thread reads, one writes. */
final class LineSocket implements Closeable {
  private final Socket socket;
  private final BufferedReader in;
  private final Writer out;

  LineSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    this.out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8);
  }

  static LineSocket connect(InetSocketAddress address) throws IOException {
    return new LineSocket(new Socket(address.getAddress(), address.getPort()));
  }

  /** The next line; null when the other side has closed. */
  String readLine() throws IOException {
    return in.readLine();
  }

  void send(String line) throws IOException {
    out.write(line + "\n");
    out.flush();
  }

  /**
   * Sends a command and returns what follows the {@code OK} of the answer; anything else is thrown.
   */
  String ask(String command) throws IOException {
    send(command);
    String answer = readLine();
    if (answer == null) {
      throw new IOException("no answer to " + command + ": connection closed");
    }
    if (!answer.equals("OK") && !answer.startsWith("OK ")) {
      throw new IOException(answer + " (asked: " + command + ")");
    }
    return answer.substring(2).trim();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
