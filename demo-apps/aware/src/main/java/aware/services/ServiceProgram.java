package aware.services;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.quicksilver.Quicksilver;
import org.quicksilver.Transaction;
import org.quicksilver.queue.Request;
import org.quicksilver.queue.ServiceQueues;

/** One of the services. Arguments: its name, the home of the node, the directory of the files. */
public final class ServiceProgram {

  private final String name;
  private final Path files;
  private final ServiceQueues queues;
  private final Holdings holdings;

  private ServiceProgram(String name, Path files, ServiceQueues queues) {
    this.name = name;
    this.files = files;
    this.queues = queues;
    this.holdings = new Holdings(name);
  }

  public static void main(String[] arguments) throws Exception {
    String name = arguments[0];
    Quicksilver quicksilver = Quicksilver.open(Path.of(arguments[1]));
    ServiceQueues queues = ServiceQueues.of(quicksilver);
    ServiceProgram program = new ServiceProgram(name, Path.of(arguments[2]), queues);
    queues.offer(name, program::serve);
    System.out.println("ready");
    while (System.in.read() >= 0) {}
    queues.close();
    quicksilver.close();
  }

  private byte[] serve(Request request) throws Exception {
    String[] words = new String(request.body(), StandardCharsets.UTF_8).split(" ", 3);
    if (words[0].equals("held")) {
      return bytes(holdings.list());
    }
    Transaction transaction =
        request
            .transaction()
            .orElseThrow(() -> new IllegalArgumentException("call it under a transaction"));
    return bytes(
        switch (name) {
          case "windows" -> window(transaction, words[1]);
          case "files" -> file(transaction, words[1], words[2]);
          case "directory" -> entry(transaction, words[1]);
          default -> data(transaction, words[1], words[2]);
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String window(Transaction transaction, String title) throws Exception {
    holdings.hold(transaction, "window '" + title + "'");
    return "window '" + title + "'";
  }

  /** Asks the directory where it is, then calls the data server there: client and server in one. */
  private String file(Transaction transaction, String file, String content) throws Exception {
    holdings.hold(transaction, "open file '" + file + "'");
    String place = call("directory", "enter " + file);
    call(place, "write " + file + " " + content);
    return place;
  }

  private String call(String queue, String request) throws Exception {
    return new String(queues.queue(queue).call(bytes(request)), StandardCharsets.UTF_8);
  }

  private String entry(Transaction transaction, String file) throws Exception {
    Path entry = files.resolve("directory-" + file);
    String place = Math.floorMod(file.hashCode(), 2) == 0 ? "data-1" : "data-2";
    holdings.hold(
        transaction, "entry of '" + file + "'", () -> Files.writeString(entry, place), () -> {});
    return place;
  }

  private String data(Transaction transaction, String file, String content) throws Exception {
    Path draft = Files.writeString(files.resolve(name + "-" + file + ".draft"), content);
    Path place = files.resolve(name + "-" + file);
    holdings.hold(
        transaction,
        "draft of '" + file + "'",
        () -> Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING),
        () -> Files.deleteIfExists(draft));
    return "written";
  }
}
