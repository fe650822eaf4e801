package org.quicksilver.node;

import java.util.function.Predicate;
import org.quicksilver.transaction.TransactionId;

/**
 * Of whom this node has ever heard, as far as it remembers: JVMs, alive or dead, and transactions.
 * Asked where an empty answer to a mistyped name would pass for good news. Node thread only.
 */
final class Acquaintances {

  private final JvmTable jvms;
  private final TransactionTable transactions;
  private final Handles handles;
  private final AuditTrail audit;

  Acquaintances(JvmTable jvms, TransactionTable transactions, Handles handles, AuditTrail audit) {
    this.jvms = jvms;
    this.transactions = transactions;
    this.handles = handles;
    this.audit = audit;
  }

  /**
   * Refuses what names a JVM or a transaction of which nothing is known. Reads the whole audit
   * trail if nobody else knows it.
   */
  void check(Filter filter) throws RequestException {
    if (filter.jvm() != null && !knowsJvm(filter)) {
      throw RequestException.notFound(
          "no JVM "
              + filter.jvm()
              + " is known here: 'jvms --all' lists those that are; an older one is known while the"
              + " audit trail names it");
    }
    TransactionId tid = filter.transaction();
    if (tid != null && !knows(tid)) {
      throw RequestException.notFound(
          "no transaction "
              + tid
              + " is known here: if it ever was, it ended long ago, and nothing outlived it");
    }
  }

  private boolean knowsJvm(Filter filter) {
    return jvms.living().stream()
            .anyMatch(jvm -> filter.passesJvm(jvm.pid(), unsigned(jvm.incarnation())))
        || jvms.dead().stream()
            .anyMatch(jvm -> filter.passesJvm(jvm.pid(), unsigned(jvm.incarnation())))
        || isAudited(line -> filter.passesJvm(line.pid(), line.incarnation()));
  }

  private static long unsigned(int incarnation) {
    return Integer.toUnsignedLong(incarnation);
  }

  /** Of a process a transaction is known for as long as the process is. */
  private boolean knows(TransactionId tid) {
    JvmRecord beginner = jvms.beginner(tid);
    return transactions.known(tid) != null
        || (tid.sequence() == 1 && beginner != null)
        || hasHandles(tid)
        || isAudited(line -> line.transaction().equals(tid));
  }

  private boolean hasHandles(TransactionId tid) {
    boolean[] any = {false};
    handles.forEach(new Filter(null, null, tid, null, null), view -> any[0] = true);
    return any[0];
  }

  private boolean isAudited(Predicate<AuditLine> wanted) {
    boolean[] any = {false};
    audit.visit(
        1,
        number -> true,
        (number, line) -> {
          any[0] = wanted.test(line);
          return !any[0];
        });
    return any[0];
  }
}
