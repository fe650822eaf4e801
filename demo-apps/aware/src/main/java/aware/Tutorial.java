package aware;

import static org.quicksilver.transaction.DeathEffect.FAIL;
import static org.quicksilver.transaction.ParticipationClass.TWO_PHASE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.quicksilver.Participant;
import org.quicksilver.Quicksilver;
import org.quicksilver.Transaction;
import org.quicksilver.TransactionAbortedException;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/** Replaces two files, both or none. */
public final class Tutorial {

  /** A file's next content: made ready beside it, then put in its place, or thrown away. */
  record Replacement(Path file, String content) implements Participant {
    private Path draft() {
      return Path.of(file + ".draft");
    }

    @Override
    public Vote vote(TransactionId transaction) throws IOException {
      if (content.isEmpty()) {
        return Vote.ABORT;
      }
      Files.writeString(draft(), content);
      return Vote.VOLATILE;
    }

    @Override
    public void committed(TransactionId transaction) throws IOException {
      if (Files.exists(draft())) {
        Files.move(draft(), file, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public void aborted(TransactionId transaction) throws IOException {
      Files.deleteIfExists(draft());
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    try (Quicksilver quicksilver = Quicksilver.open()) {
      replace(quicksilver, directory, "bread", "butter");
      replace(quicksilver, directory, "nothing", "");
    }
  }

  private static void replace(Quicksilver quicksilver, Path directory, String one, String two)
      throws InterruptedException {
    Transaction transaction = quicksilver.begin();
    try {
      transaction.enlist(new Replacement(directory.resolve("one"), one), TWO_PHASE, FAIL);
      transaction.enlist(new Replacement(directory.resolve("two"), two), TWO_PHASE, FAIL);
      transaction.commit();
      System.out.println("replaced by " + one + " and " + two);
    } catch (TransactionAbortedException e) {
      System.out.println("left as they were");
    }
  }
}
