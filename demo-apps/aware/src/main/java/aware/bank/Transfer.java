package aware.bank;

/**
 * One transfer: which it is follows from its number alone, so that whoever knows how many there
 * were knows every balance.
 *
 * @param from account that pays
 * @param to account that is paid, another one
 * @param most what is paid, if the payer has as much
 */
record Transfer(int from, int to, long most) {

  private static final int HIGHEST = 1000;

  /** The transfer of a number. */
  static Transfer of(long seed, int branch, long number, int accounts) {
    long random = mix(seed ^ mix(branch + 1 ^ mix(number)));
    int from = (int) Long.remainderUnsigned(random, accounts);
    int further = 1 + (int) Long.remainderUnsigned(mix(random), accounts - 1);
    long most = 1 + Long.remainderUnsigned(mix(random + 1), HIGHEST);
    return new Transfer(from, (from + further) % accounts, most);
  }

  /** What is paid by somebody who has so much. */
  long amount(long balance) {
    return Math.min(most, balance);
  }

  private static long mix(long value) {
    long z = (value + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
