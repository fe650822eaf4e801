package aware.bank;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** What the accounts of one branch must hold after so many transfers, without any memory. */
final class Books {

  private final long seed;
  private final int branch;
  private final long[] balances;
  private long transfers;

  Books(long seed, int branch, int accounts, long each) {
    this.seed = seed;
    this.branch = branch;
    this.balances = new long[accounts];
    Arrays.fill(balances, each);
  }

  /** Goes on to a number of transfers, never back. */
  void advanceTo(long number) {
    while (transfers < number) {
      Transfer transfer = Transfer.of(seed, branch, transfers++, balances.length);
      long amount = transfer.amount(balances[transfer.from()]);
      balances[transfer.from()] -= amount;
      balances[transfer.to()] += amount;
    }
  }

  long transfers() {
    return transfers;
  }

  /** A number that differs if any balance does. */
  long digest() {
    return digest(balances);
  }

  static long digest(long[] balances) {
    CRC32C crc = new CRC32C();
    for (long balance : balances) {
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        crc.update((int) (balance >>> shift));
      }
    }
    return crc.getValue();
  }
}
