package org.quicksilver.benchmark.memory;

/** Something that changes four places of 64 bytes at once. */
interface Contestant extends AutoCloseable {

  /** Places it changes in a transaction. */
  int RANGES = 4;

  /** Bytes of each. */
  int LENGTH = 64;

  /** Different places; those of one transaction are not beside one another. */
  int PLACES = 1024;

  /** One transaction. */
  void transaction(long number);

  @Override
  void close();

  /** The n-th place of a transaction, from 0 to {@link #PLACES}. */
  static int place(long number, int n) {
    return (int) ((number * 0x9E3779B97F4A7C15L >>> 40) + n * 261L) & (PLACES - 1);
  }
}
