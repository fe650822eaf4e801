package aware.bank;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.RecoverableMemory;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;

/**
 * The accounts, in recoverable memory. Each branch has a part of its own:
 *
 * <pre>
 *   0                8
 *   +----------------+-----------+-----------+---
 *   | transfers made | balance 0 | balance 1 | ...
 *   +----------------+-----------+-----------+---
 * </pre>
 *
 * <p>One thread a branch: what two transactions change at the same time is for the caller to keep
 * apart.
 */
final class Vault implements AutoCloseable {

  static final int BRANCHES = 2;
  static final int ACCOUNTS = 500;
  static final long OPENING_BALANCE = 10_000;

  private static final long BRANCH = Long.BYTES * (1 + ACCOUNTS);

  private final RecoverableMemory memory;
  private final Region region;

  private Vault(RecoverableMemory memory, Region region) {
    this.memory = memory;
    this.region = region;
  }

  /** Makes an empty bank. */
  static void found(Engine engine, Path directory) {
    engine.createLog(directory.resolve("bank.log"));
  }

  /** Opens it; what a killed process left is recovered. */
  static Vault open(Engine engine, Path directory) {
    RecoverableMemory memory = engine.open(directory.resolve("bank.log"));
    SegmentRange range = new SegmentRange(directory.resolve("bank"), 0, BRANCHES * BRANCH);
    Vault vault = new Vault(memory, memory.map(range, RegionOptions.creating()));
    vault.openAccounts();
    return vault;
  }

  /**
   * All accounts in one transaction, unless that was done: afterwards a balance is never zero
   * everywhere.
   */
  private void openAccounts() {
    if (sum() != 0) {
      return;
    }
    MemoryTransaction transaction = memory.beginTransaction(RestoreMode.NO_RESTORE);
    transaction.setRange(region, 0, region.length());
    for (int branch = 0; branch < BRANCHES; branch++) {
      for (int account = 0; account < ACCOUNTS; account++) {
        region.putLong(balanceAt(branch, account), OPENING_BALANCE);
      }
    }
    transaction.endTransaction(CommitMode.FLUSH);
  }

  private static long balanceAt(int branch, int account) {
    return branch * BRANCH + Long.BYTES * (1L + account);
  }

  long transfers(int branch) {
    return region.getLong(branch * BRANCH);
  }

  /** What each branch holds. */
  List<Branch> branches() {
    List<Branch> branches = new ArrayList<>();
    for (int branch = 0; branch < BRANCHES; branch++) {
      long[] balances = new long[ACCOUNTS];
      long sum = 0;
      for (int account = 0; account < ACCOUNTS; account++) {
        balances[account] = region.getLong(balanceAt(branch, account));
        sum += balances[account];
      }
      branches.add(new Branch(transfers(branch), sum, Books.digest(balances)));
    }
    return branches;
  }

  private long sum() {
    return branches().stream().mapToLong(Branch::sum).sum();
  }

  /** Moves money; once this returns, it is moved for good. */
  void transfer(int branch, Transfer transfer) {
    try (MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE)) {
      move(transaction, branch, transfer);
      transaction.setRange(region, branch * BRANCH, Long.BYTES);
      region.putLong(branch * BRANCH, transfers(branch) + 1);
      transaction.endTransaction(CommitMode.FLUSH);
    }
  }

  /** Moves money and thinks better of it. */
  void transferAndAbort(int branch, Transfer transfer) {
    try (MemoryTransaction transaction = memory.beginTransaction(RestoreMode.RESTORE)) {
      move(transaction, branch, transfer);
      transaction.abortTransaction();
    }
  }

  /** In this order, so that a crash between the two would lose money if nobody undid it. */
  private void move(MemoryTransaction transaction, int branch, Transfer transfer) {
    long from = balanceAt(branch, transfer.from());
    long amount = transfer.amount(region.getLong(from));
    transaction.setRange(region, from, Long.BYTES);
    region.putLong(from, region.getLong(from) - amount);
    long to = balanceAt(branch, transfer.to());
    transaction.setRange(region, to, Long.BYTES);
    region.putLong(to, region.getLong(to) + amount);
  }

  @Override
  public void close() {
    memory.close();
  }
}
