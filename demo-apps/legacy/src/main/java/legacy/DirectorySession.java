package legacy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One connection to a {@link DirectoryServer}, the index it reads and the pins of what it has
 * looked up.
 */
final class DirectorySession implements Runnable {
  private final DirectoryServer server;
  private final int number;
  private final LineSocket client;
  private final Map<String, List<String>> pins = new HashMap<>();
  private FileChannel index;
  private LineSocket data;

  DirectorySession(DirectoryServer server, int number, LineSocket client) {
    this.server = server;
    this.number = number;
    this.client = client;
  }

  @Override
  public void run() {
    try {
      String line;
      while ((line = client.readLine()) != null) {
        if (line.equals("QUIT")) {
          quit();
          return;
        }
        serve(line);
      }
    } catch (IOException e) {
      System.out.println("session " + number + ": " + e.getMessage());
    }
  }

  private void serve(String line) throws IOException {
    try {
      client.send(("OK " + answer(line.split(" "))).trim());
    } catch (IOException | RuntimeException e) {
      client.send("ERR " + e.getMessage());
    }
  }

  private String answer(String[] words) throws IOException {
    switch (words[0]) {
      case "LOOKUP":
        return lookup(words[1]);
      case "RELEASE":
        release(words[1]);
        return "";
      default:
        throw new IOException("unknown command: " + words[0]);
    }
  }

  private String lookup(String name) throws IOException {
    String[] entry = find(name);
    if (data == null) {
      data = server.connectToDataServer();
    }
    long length = 0;
    for (String block : entry[2].split(",")) {
      String[] pin = data.ask("PIN " + block).split(" ");
      pins.computeIfAbsent(name, any -> new ArrayList<>()).add(pin[0]);
      length += Long.parseLong(pin[1]);
    }
    return entry[1] + " " + length;
  }

  private String[] find(String name) throws IOException {
    if (index == null) {
      index = FileChannel.open(server.index().toPath(), StandardOpenOption.READ);
    }
    ByteBuffer text = ByteBuffer.allocate((int) index.size());
    index.read(text, 0);
    for (String line : new String(text.array(), StandardCharsets.UTF_8).split("\n")) {
      String[] entry = line.split(" ");
      if (entry.length == 3 && entry[0].equals(name)) {
        return entry;
      }
    }
    throw new FileNotFoundException("no such file: " + name);
  }

  private void release(String name) throws IOException {
    List<String> released = pins.remove(name);
    if (released == null) {
      throw new IOException("not looked up: " + name);
    }
    for (String pin : released) {
      data.ask("UNPIN " + pin);
    }
  }

  private void quit() throws IOException {
    for (String name : new ArrayList<>(pins.keySet())) {
      release(name);
    }
    if (data != null) {
      data.send("QUIT");
      data.close();
    }
    if (index != null) {
      index.close();
    }
    client.send("BYE");
    client.close();
    server.forget(number);
  }
}
