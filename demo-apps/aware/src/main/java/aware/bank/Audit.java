package aware.bank;

import java.util.ArrayList;
import java.util.List;

/** Holds what a bank is found to hold against what its tellers have said. */
final class Audit {

  private final List<Books> books = new ArrayList<>();
  private final long[] acknowledged = new long[Vault.BRANCHES];

  Audit(long seed) {
    for (int branch = 0; branch < Vault.BRANCHES; branch++) {
      books.add(new Books(seed, branch, Vault.ACCOUNTS, Vault.OPENING_BALANCE));
    }
  }

  /** A teller said that these are committed. */
  void acknowledge(long[] transfers) {
    for (int branch = 0; branch < transfers.length; branch++) {
      acknowledged[branch] = Math.max(acknowledged[branch], transfers[branch]);
    }
  }

  /** What is wrong; nothing if the list is empty. */
  List<String> check(List<Branch> found) {
    List<String> wrong = new ArrayList<>();
    for (int branch = 0; branch < found.size(); branch++) {
      check(branch, found.get(branch)).forEach(wrong::add);
    }
    return wrong;
  }

  private List<String> check(int branch, Branch found) {
    List<String> wrong = new ArrayList<>();
    long total = Vault.ACCOUNTS * Vault.OPENING_BALANCE;
    if (found.sum() != total) {
      wrong.add("branch %d has %d instead of %d".formatted(branch, found.sum(), total));
    }
    if (found.transfers() < acknowledged[branch]) {
      wrong.add(
          "branch %d has %d transfers, and %d were acknowledged"
              .formatted(branch, found.transfers(), acknowledged[branch]));
    }
    books.get(branch).advanceTo(found.transfers());
    if (wrong.isEmpty() && books.get(branch).digest() != found.digest()) {
      wrong.add(
          "branch %d has other balances than %d transfers lead to"
              .formatted(branch, found.transfers()));
    }
    return wrong;
  }

  long transfers() {
    return books.stream().mapToLong(Books::transfers).sum();
  }
}
