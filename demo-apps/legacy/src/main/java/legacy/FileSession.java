package legacy;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** One connection to a {@link FileServer} and the files it has opened. */
final class FileSession implements Runnable {
  private static final int MAX_READ = 1 << 16;

  private final FileServer server;
  private final int number;
  private final LineSocket client;
  private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
  private final Map<String, RandomAccessFile> files = new HashMap<>();
  private LineSocket directory;
  private FileOutputStream journal;

  FileSession(FileServer server, int number, LineSocket client) {
    this.server = server;
    this.number = number;
    this.client = client;
  }

  @Override
  public void run() {
    new Thread(this::readCommands, "file-reader-" + number).start();
    try {
      String line;
      while (!(line = commands.take()).equals("QUIT")) {
        serve(line);
      }
      quit();
    } catch (InterruptedException | IOException e) {
      System.out.println("session " + number + ": " + e);
    }
  }

  private void readCommands() {
    try {
      String line;
      while ((line = client.readLine()) != null) {
        commands.add(line);
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
      case "OPEN":
        return open(words[1]);
      case "READ":
        return read(file(words[1]), Long.parseLong(words[2]), Integer.parseInt(words[3]));
      case "WRITE":
        return write(file(words[1]), Long.parseLong(words[2]), words[3]);
      case "CLOSE":
        return close(words[1]);
      default:
        throw new IOException("unknown command: " + words[0]);
    }
  }

  private String open(String name) throws IOException {
    if (directory == null) {
      directory = server.connectToDirectoryServer();
      journal = new FileOutputStream(new File(server.root(), "session-" + number + ".journal"));
    }
    String path = directory.ask("LOOKUP " + name).split(" ")[0];
    RandomAccessFile file = new RandomAccessFile(new File(server.root(), path), "rw");
    files.put(name, file);
    record("open " + name);
    return name + " " + file.length();
  }

  private RandomAccessFile file(String id) throws IOException {
    RandomAccessFile file = files.get(id);
    if (file == null) {
      throw new IOException("not open: " + id);
    }
    return file;
  }

  private static String read(RandomAccessFile file, long offset, int length) throws IOException {
    byte[] bytes = new byte[Math.min(length, MAX_READ)];
    file.seek(offset);
    int count = Math.max(0, file.read(bytes));
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, count));
  }

  private String write(RandomAccessFile file, long offset, String base64) throws IOException {
    record("write " + offset + " " + base64);
    file.seek(offset);
    file.write(Base64.getDecoder().decode(base64));
    return "";
  }

  private String close(String id) throws IOException {
    file(id).close();
    files.remove(id);
    record("close " + id);
    directory.ask("RELEASE " + id);
    return "";
  }

  private void record(String what) throws IOException {
    journal.write((what + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void quit() throws IOException {
    for (String id : files.keySet().toArray(new String[0])) {
      close(id);
    }
    if (directory != null) {
      directory.send("QUIT");
      directory.close();
      journal.close();
    }
    client.send("BYE");
    client.close();
    server.forget(number);
  }
}
