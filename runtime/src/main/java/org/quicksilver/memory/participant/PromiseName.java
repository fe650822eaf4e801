package org.quicksilver.memory.participant;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.quicksilver.transaction.TransactionId;

/**
 * The name under which a memory keeps what it has promised: all that a later life has to say to the
 * node.
 *
 * @param transaction of the transaction manager
 * @param incarnation of the process that promised
 * @param number of the participant there
 */
record PromiseName(TransactionId transaction, int incarnation, int number) {

  private static final String OURS = "quicksilver";

  byte[] bytes() {
    return (OURS + " " + transaction + " " + incarnation + " " + number).getBytes(US_ASCII);
  }

  /** Empty if somebody else prepared under a name of another kind. */
  static Optional<PromiseName> parse(byte[] bytes) {
    String[] words = new String(bytes, US_ASCII).split(" ");
    if (words.length != 4 || !words[0].equals(OURS)) {
      return Optional.empty();
    }
    return Optional.of(
        new PromiseName(
            TransactionId.parse(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3])));
  }
}
