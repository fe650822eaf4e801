package org.quicksilver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/**
 * A recoverable participant's own log: one line for each thing that happened to a transaction,
 * forced before it counts. Another participant than this would keep data, too; for who agrees with
 * whom the outcomes are enough.
 */
final class Ledger {

  private final FileChannel file;

  Ledger(Path path) throws IOException {
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  private synchronized void write(String what, TransactionId id, int incarnation, int number)
      throws IOException {
    String line = what + " " + id + " " + incarnation + " " + number + "\n";
    file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    file.force(false);
  }

  /** A participant in one transaction. */
  final class Entry implements Participant {
    private final int incarnation;
    private int number;

    Entry(int incarnation, int number) {
      this.incarnation = incarnation;
      this.number = number;
    }

    void number(int given) {
      number = given;
    }

    @Override
    public Vote vote(TransactionId id) throws IOException {
      write("PREPARED", id, incarnation, number);
      return Vote.RECOVERABLE;
    }

    @Override
    public void committed(TransactionId id) throws IOException {
      write("COMMITTED", id, incarnation, number);
    }

    @Override
    public void aborted(TransactionId id) throws IOException {
      write("ABORTED", id, incarnation, number);
    }
  }

  /** The last word on each transaction, in the order of their first; half a last line is none. */
  static Map<String, String> read(Path path) throws IOException {
    Map<String, String> last = new LinkedHashMap<>();
    if (!Files.exists(path)) {
      return last;
    }
    String text = Files.readString(path, StandardCharsets.US_ASCII);
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
      String[] words = line.split(" ");
      if (words.length == 4) {
        last.merge(words[1], line, Ledger::later);
      }
    }
    return last;
  }

  /** An outcome is repeated at most; that it changes is what must never be. */
  private static String later(String before, String now) {
    String was = before.split(" ")[0];
    String is = now.split(" ")[0];
    return was.equals("PREPARED") || was.equals(is) ? now : "CONTRADICTION " + before + " " + now;
  }
}
