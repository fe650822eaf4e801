package org.quicksilver.transaction;

import java.util.HexFormat;

/**
 * Names one transaction everywhere and for ever: the node under which it began, the incarnation of
 * the process that issued it, and a sequence number of that process. Immutable.
 *
 * <p>Printed as {@code nnnnnnnnnnnnnnnn-iiiiiiii-s...}, three hexadecimal numbers; the sequence has
 * no leading zeros.
 *
 * @param node identity of the issuing process's node
 * @param incarnation incarnation of the issuing process, raised durably at each start, unsigned
 * @param sequence number within that process, from 1
 */
public record TransactionId(long node, int incarnation, long sequence)
    implements Comparable<TransactionId> {

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text is not a transaction ID; the message shows the
   *     form
   */
  public static TransactionId parse(String text) {
    String[] parts = text.strip().split("-");
    if (parts.length != 3 || parts[0].length() != 16 || parts[1].length() != 8) {
      throw malformed(text, null);
    }
    try {
      return new TransactionId(
          HexFormat.fromHexDigitsToLong(parts[0]),
          HexFormat.fromHexDigits(parts[1]),
          HexFormat.fromHexDigitsToLong(parts[2]));
    } catch (IllegalArgumentException e) {
      throw malformed(text, e);
    }
  }

  private static IllegalArgumentException malformed(
      String text, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "not a transaction ID: '"
            + text
            + "'; expected three hexadecimal numbers like 00c0ffee00c0ffee-00000007-2a",
        cause);
  }

  /**
   * Orders by node, incarnation (unsigned) and sequence: for one process, the order of beginning.
   */
  @Override
  public int compareTo(TransactionId other) {
    int byNode = Long.compareUnsigned(node, other.node);
    if (byNode != 0) {
      return byNode;
    }
    int byIncarnation = Integer.compareUnsigned(incarnation, other.incarnation);
    return byIncarnation != 0 ? byIncarnation : Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(node)
        + "-"
        + hex.toHexDigits(incarnation)
        + "-"
        + Long.toHexString(sequence);
  }
}
