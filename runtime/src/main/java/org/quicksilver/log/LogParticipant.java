package org.quicksilver.log;

/**
 * Who writes records: the transaction manager, or a recoverable server. The log keeps the records
 * of all of them in one order, and gives each its own back.
 *
 * @param name 1 to {@value #LONGEST_NAME} printable ASCII characters; the same over restarts
 */
public record LogParticipant(String name) {

  /** Longest name, characters. */
  public static final int LONGEST_NAME = 64;

  /** The transaction manager of the node; its records are those of {@link LogRecordCodec}. */
  public static final LogParticipant TRANSACTION_MANAGER = new LogParticipant("tm");

  /** Refuses names that do not fit into a record. */
  public LogParticipant {
    if (name.isEmpty() || name.length() > LONGEST_NAME || !isPrintable(name)) {
      throw new IllegalArgumentException(
          "not a name of a participant: '"
              + name
              + "'; it has 1 to "
              + LONGEST_NAME
              + " printable ASCII characters");
    }
  }

  private static boolean isPrintable(String name) {
    return name.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  @Override
  public String toString() {
    return name;
  }
}
