package aware;

import java.io.FileInputStream;
import java.io.IOException;
import org.quicksilver.Quicksilver;
import org.quicksilver.Scope;
import org.quicksilver.Transaction;

/**
 * Opens a file within a transaction, another outside of it, and aborts the transaction: with the
 * agent and a policy that reclaims, the first is closed, and only the first. Argument: a file.
 */
public final class Held {

  private static final int MOST_LOOKS = 1000;

  private Held() {}

  public static void main(String[] arguments) throws Exception {
    try (Quicksilver quicksilver = Quicksilver.open();
        FileInputStream outside = new FileInputStream(arguments[0])) {
      Transaction transaction = quicksilver.begin();
      FileInputStream inside;
      try (Scope scope = transaction.enter()) {
        inside = new FileInputStream(arguments[0]);
        System.out.println(quicksilver.current().equals(java.util.Optional.of(transaction)));
      }
      transaction.abort("to see what becomes of the file");
      System.out.println("inside: " + (closedSoon(inside) ? "given back" : "open"));
      System.out.println("outside: " + (outside.read() >= 0 ? "open" : "at its end"));
    }
  }

  private static boolean closedSoon(FileInputStream in) throws InterruptedException {
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      try {
        in.available();
        Thread.sleep(10);
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }
}
