package org.quicksilver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.TransactionId;

/**
 * A process with a ledger: takes up what a former life has promised, then enlists in the
 * transactions tagged on standard input. Arguments: home, file. Ends with its input.
 */
final class LedgerMain {

  private LedgerMain() {}

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[1]);
    Quicksilver quicksilver = open(Path.of(arguments[0]));
    Ledger ledger = new Ledger(file);
    for (String line : Ledger.read(file).values()) {
      String[] words = line.split(" ");
      if (words[0].equals("PREPARED")) {
        int incarnation = Integer.parseInt(words[2]);
        int number = Integer.parseInt(words[3]);
        quicksilver.resume(
            TransactionId.parse(words[1]),
            incarnation,
            number,
            ledger.new Entry(incarnation, number));
      }
    }
    System.out.println("running");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String tag = in.readLine(); tag != null; tag = in.readLine()) {
      System.out.println(enlist(quicksilver, ledger, quicksilver.tagged(tag)));
    }
  }

  /** The node may just have been killed. */
  private static Quicksilver open(Path home) throws InterruptedException, IOException {
    for (int tries = 0; tries < 600; tries++) {
      try {
        return Quicksilver.open(home);
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    return Quicksilver.open(home);
  }

  private static String enlist(Quicksilver quicksilver, Ledger ledger, Transaction transaction)
      throws InterruptedException {
    Ledger.Entry entry = ledger.new Entry(quicksilver.incarnation(), 0);
    try {
      entry.number(transaction.enlist(entry, ParticipationClass.TWO_PHASE, DeathEffect.FAIL));
      return "enlisted";
    } catch (TransactionAbortedException e) {
      return "refused";
    }
  }
}
