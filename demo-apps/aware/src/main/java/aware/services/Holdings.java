package aware.services;

import static org.quicksilver.transaction.DeathEffect.FAIL;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.quicksilver.Participant;
import org.quicksilver.Transaction;
import org.quicksilver.TransactionAbortedException;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/** What a service holds for transactions that are not over, and what it does with it then. */
final class Holdings {

  /** Something to be done when it is over. */
  interface Step {
    void run() throws IOException;
  }

  private static final Step NOTHING = () -> {};

  private final String service;
  private final Set<String> held = new TreeSet<>();

  Holdings(String service) {
    this.service = service;
  }

  /** Volatile state: gone with the transaction, however that ends. */
  void hold(Transaction transaction, String what)
      throws TransactionAbortedException, InterruptedException {
    hold(transaction, what, ParticipationClass.ONE_PHASE_STANDARD, NOTHING, NOTHING);
  }

  /** Something that is kept if the transaction commits, and undone if it does not. */
  void hold(Transaction transaction, String what, Step keep, Step undo)
      throws TransactionAbortedException, InterruptedException {
    hold(transaction, what, ParticipationClass.TWO_PHASE, keep, undo);
  }

  private void hold(
      Transaction transaction, String what, ParticipationClass participation, Step keep, Step undo)
      throws TransactionAbortedException, InterruptedException {
    add(what);
    transaction.enlist(
        new Participant() {
          @Override
          public Vote vote(TransactionId id) {
            return Vote.VOLATILE;
          }

          @Override
          public void committed(TransactionId id) throws IOException {
            end(what, "keeps its work", keep);
          }

          @Override
          public void aborted(TransactionId id) throws IOException {
            end(what, "the transaction was aborted", undo);
          }
        },
        participation,
        FAIL);
  }

  private synchronized void add(String what) {
    held.add(what);
  }

  private synchronized void end(String what, String why, Step step) throws IOException {
    if (held.contains(what)) {
      step.run();
      held.remove(what);
      System.out.println("gives back " + what + ": " + why);
    }
  }

  /** For people. */
  synchronized String list() {
    return held.isEmpty() ? "nothing" : String.join(", ", held);
  }

  @Override
  public String toString() {
    return service + " holds " + list();
  }
}
