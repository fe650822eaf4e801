package aware.services;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.quicksilver.Quicksilver;
import org.quicksilver.Scope;
import org.quicksilver.Transaction;
import org.quicksilver.TransactionAbortedException;
import org.quicksilver.queue.ServiceQueues;

/** Opens a window, writes two files, and commits when it is told to. Argument: home of the node. */
public final class Client {

  private Client() {}

  public static void main(String[] arguments) throws Exception {
    try (Quicksilver quicksilver = Quicksilver.open(Path.of(arguments[0]));
        ServiceQueues queues = ServiceQueues.of(quicksilver)) {
      Transaction transaction = quicksilver.begin();
      try (Scope scope = transaction.enter()) {
        call(queues, "windows", "open letters");
        call(queues, "files", "write bread 500g");
        call(queues, "files", "write honey 250g");
      }
      System.out.println("ready " + transaction.id());
      System.in.read();
      try {
        transaction.commit();
        System.out.println("committed");
      } catch (TransactionAbortedException e) {
        System.out.println("aborted: " + e.getMessage());
      }
    }
  }

  private static void call(ServiceQueues queues, String queue, String request) throws Exception {
    byte[] answer = queues.queue(queue).call(request.getBytes(StandardCharsets.UTF_8));
    System.out.println(queue + ": " + new String(answer, StandardCharsets.UTF_8));
  }
}
