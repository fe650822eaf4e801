package legacy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** One connection to a {@link DataServer} and the blocks it has pinned. */
final class DataSession implements Runnable {
  private static final int MAX_READ = 1 << 16;

  private final DataServer server;
  private final int number;
  private final LineSocket client;
  private final Map<Integer, RandomAccessFile> pinned = new HashMap<>();

  DataSession(DataServer server, int number, LineSocket client) {
    this.server = server;
    this.number = number;
    this.client = client;
  }

  @Override
  public void run() {
    try {
      serve();
    } catch (IOException e) {
      System.out.println("session " + number + ": " + e.getMessage());
    }
    try {
      awaitUnpinned();
      client.close();
    } catch (InterruptedException | IOException e) {
      System.out.println("session " + number + " not closed: " + e);
    }
  }

  private void serve() throws IOException {
    String line;
    while ((line = client.readLine()) != null && !line.equals("QUIT")) {
      try {
        client.send(("OK " + answer(line.split(" "))).trim());
      } catch (IOException | RuntimeException e) {
        client.send("ERR " + e.getMessage());
      }
    }
    if (line != null) {
      client.send("BYE");
    }
  }

  private String answer(String[] words) throws IOException {
    switch (words[0]) {
      case "PIN":
        return pin(words[1]);
      case "READ":
        return read(
            Integer.parseInt(words[1]), Long.parseLong(words[2]), Integer.parseInt(words[3]));
      case "UNPIN":
        server.unpin(Integer.parseInt(words[1]));
        return "";
      default:
        throw new IOException("unknown command: " + words[0]);
    }
  }

  private synchronized String pin(String block) throws IOException {
    RandomAccessFile file = server.open(block);
    int pin = server.newPin(this);
    pinned.put(pin, file);
    return pin + " " + file.length();
  }

  private synchronized String read(int pin, long offset, int length) throws IOException {
    RandomAccessFile file = pinned.get(pin);
    if (file == null) {
      throw new IOException("not pinned here: " + pin);
    }
    byte[] bytes = new byte[Math.min(length, MAX_READ)];
    file.seek(offset);
    int count = Math.max(0, file.read(bytes));
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, count));
  }

  synchronized void unpin(int pin) throws IOException {
    pinned.remove(pin).close();
    notifyAll();
  }

  private synchronized void awaitUnpinned() throws InterruptedException {
    while (!pinned.isEmpty()) {
      wait();
    }
  }
}
