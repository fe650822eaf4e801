package org.quicksilver.log;

/**
 * Log sequence numbers: where in the log a record is, and which of two is older. Plain {@code
 * long}s, because one is made for every record.
 *
 * <pre>
 *   63           40 39                                     0
 *   +--------------+---------------------------------------+
 *   | generation   | number of the record in its generation |
 *   +--------------+---------------------------------------+
 * </pre>
 *
 * A generation is one opening of the log, from 1. It is raised durably before the first record of
 * an opening is accepted, so that a number that was given to a record is never given to another
 * one, also if the first was lost in a crash. Printed as {@code generation.number}.
 */
public final class Lsn {

  /** Before every record. */
  public static final long NONE = 0;

  private static final int NUMBER_BITS = 40;
  private static final long NUMBER_MASK = (1L << NUMBER_BITS) - 1;
  private static final int MOST_GENERATIONS = (1 << 23) - 1;

  private Lsn() {}

  /** The opening in which a record was appended. */
  public static int generation(long lsn) {
    return (int) (lsn >>> NUMBER_BITS);
  }

  /** The number of a record within its generation, from 0. */
  public static long number(long lsn) {
    return lsn & NUMBER_MASK;
  }

  /** A number as people read it. */
  public static String text(long lsn) {
    return generation(lsn) + "." + number(lsn);
  }

  /** The first of the generation after that of a record. */
  static long firstOfNextGeneration(long lsn) {
    int next = generation(lsn) + 1;
    if (next > MOST_GENERATIONS) {
      throw new IllegalStateException(
          "the log was opened " + MOST_GENERATIONS + " times: no generation is left");
    }
    return (long) next << NUMBER_BITS;
  }

  static long next(long lsn) {
    if (number(lsn) == NUMBER_MASK) {
      throw new IllegalStateException(
          "the generation of " + text(lsn) + " is used up: close the log and open it again");
    }
    return lsn + 1;
  }
}
