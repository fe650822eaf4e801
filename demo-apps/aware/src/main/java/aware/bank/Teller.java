package aware.bank;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The process that transfers money until it is killed, in each branch with a thread of its own.
 * Says what it found in the memory, then of each transfer, once it is committed, its branch and
 * number.
 *
 * <p>Arguments: engine, directory, seed.
 */
public final class Teller implements Runnable {

  /** Every so many transfers one is made and then aborted. */
  private static final int ABORTS = 5;

  private final Vault vault;
  private final int branch;
  private final long seed;

  private Teller(Vault vault, int branch, long seed) {
    this.vault = vault;
    this.branch = branch;
    this.seed = seed;
  }

  /** The process. */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[2]);
    try (Vault vault = Vault.open(Engine.valueOf(arguments[0]), Path.of(arguments[1]))) {
      List<Branch> branches = vault.branches();
      System.out.println(
          "found " + branches.stream().map(Branch::toString).collect(Collectors.joining(" ")));
      List<Thread> tellers = new ArrayList<>();
      for (int branch = 0; branch < branches.size(); branch++) {
        tellers.add(new Thread(new Teller(vault, branch, seed), "teller-" + branch));
      }
      tellers.forEach(Thread::start);
      for (Thread teller : tellers) {
        teller.join();
      }
    }
  }

  @Override
  public void run() {
    for (long number = vault.transfers(branch); ; number++) {
      Transfer transfer = Transfer.of(seed, branch, number, Vault.ACCOUNTS);
      if (number % ABORTS == 0) {
        vault.transferAndAbort(branch, transfer);
      }
      vault.transfer(branch, transfer);
      System.out.println(branch + " " + (number + 1));
    }
  }
}
