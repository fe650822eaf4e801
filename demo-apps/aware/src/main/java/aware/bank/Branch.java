package aware.bank;

/**
 * What a branch of the bank was found to hold.
 *
 * @param transfers committed since the bank was founded
 * @param sum of its balances
 * @param digest of its balances, see {@link Books#digest()}
 */
record Branch(long transfers, long sum, long digest) {

  @Override
  public String toString() {
    return transfers + "," + sum + "," + digest;
  }

  static Branch parse(String text) {
    String[] parts = text.split(",", -1);
    return new Branch(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }
}
