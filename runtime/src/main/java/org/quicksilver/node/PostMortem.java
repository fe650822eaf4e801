package org.quicksilver.node;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Sees to what dead JVMs left on the machine: each leftover waits for the end of its transaction
 * and then for its {@link Case} to be closed; when all are, the file of the dead JVM is deleted.
 * Until then a successor of this node finds the file and begins again. Node thread only.
 *
 * <p>Source: design.md section 4, "Post-mortem".
 */
final class PostMortem {

  private final TransactionTable transactions;
  private final Links links;
  private final CaseWork work;
  private final NodeLog log;
  private final Map<Integer, Integer> open = new HashMap<>();
  private final List<Case> waiting = new ArrayList<>();

  PostMortem(TransactionTable transactions, Links links, CaseWork work, NodeLog log) {
    this.transactions = transactions;
    this.links = links;
    this.work = work;
    this.log = log;
  }

  /** Begins with a JVM that was just found dead; its transactions have been ended before. */
  void begin(DeadJvm dead) {
    List<HandleRecord> leftovers =
        dead.handles().stream()
            .filter(h -> h.kind() == HandleKind.TEMP_FILE || h.kind() == HandleKind.PROCESS)
            .filter(h -> Leftover.isThere(h) || work.isIntended(Case.key(dead, h)))
            .sorted(Comparator.comparing((HandleRecord h) -> -h.what().length()))
            .toList();
    open.put(dead.incarnation(), leftovers.size() + 1);
    leftovers.forEach(handle -> examine(new Case(dead, handle, this::closed)));
    closed(dead);
  }

  private void examine(Case one) {
    TransactionId tid = links.resolve(one.handle().transaction());
    TransactionState state = transactions.find(tid);
    if (state == null) {
      // Nobody but the dead JVM knew of it: it ended as the JVM did.
      work.start(one, !one.dead().record().leaving());
    } else if (state.outcome() == null) {
      waiting.add(one);
    } else {
      work.start(one, state.outcome() == Outcome.ABORTED);
    }
  }

  /** A transaction has been decided: whatever waited for it goes on. */
  void onDecided(TransactionId tid) {
    List<Case> ready =
        waiting.stream()
            .filter(one -> links.resolve(one.handle().transaction()).equals(tid))
            .toList();
    waiting.removeAll(ready);
    ready.forEach(this::examine);
  }

  private void closed(DeadJvm dead) {
    int left = open.merge(dead.incarnation(), -1, Integer::sum);
    if (left == 0) {
      open.remove(dead.incarnation());
      delete(dead);
    }
  }

  private void delete(DeadJvm dead) {
    try {
      Files.deleteIfExists(dead.file());
    } catch (IOException e) {
      log.warn("cannot delete " + dead.file() + ": " + e);
    }
  }

  /** Whether that JVM's leftovers are being seen to. */
  boolean isUnderWay(int incarnation) {
    return open.containsKey(incarnation);
  }

  boolean isIdle() {
    return open.isEmpty();
  }
}
