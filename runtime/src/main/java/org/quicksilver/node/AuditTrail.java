package org.quicksilver.node;

import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.quicksilver.comm.Message;
import org.quicksilver.log.NodeStore;
import org.quicksilver.node.Counters.Count;
import org.quicksilver.transaction.TransactionId;

/**
 * The audit trail: lines are only added, each once, however often it is reported. Node thread only;
 * a line survives the process when the call returns.
 */
final class AuditTrail {

  private final NodeStore store;
  private final NodeLog log;
  private final Counters counters;

  AuditTrail(NodeStore store, NodeLog log, Counters counters) {
    this.store = store;
    this.log = log;
    this.counters = counters;
  }

  /** Adds what an agent reports; returns whether it is in the trail. */
  boolean report(JvmRecord jvm, Message.Report report, TransactionId transaction) {
    String key = Integer.toUnsignedString(jvm.incarnation()) + ":" + report.number();
    return append(key, AuditLine.of(jvm, report, transaction));
  }

  /** Adds what the node found on a dead JVM; the same event of the same handle comes once. */
  void found(JvmRecord jvm, Message.Report report, TransactionId transaction) {
    AuditLine line = AuditLine.of(jvm, report, transaction);
    append("dead " + line.handleKey() + ":" + line.event(), line);
  }

  private boolean append(String key, AuditLine line) {
    try {
      store.appendAudit(key, Json.write(line));
    } catch (RuntimeException e) {
      counters.add(Count.UNSTORED);
      log.error("not in the audit trail: " + Json.write(line), e);
      return false;
    }
    counters.add(Count.AUDITED);
    log.info(
        line.event()
            + " "
            + line.kind()
            + " "
            + line.what()
            + " of process "
            + line.pid()
            + ", "
            + line.transaction()
            + " "
            + line.outcome()
            + (line.note().isEmpty() ? "" : ", " + line.note()));
    return true;
  }

  /** Calls back for every line from that number on, in the order of their numbers. */
  void forEach(long from, BiConsumer<Long, AuditLine> consumer) {
    visit(
        from,
        number -> true,
        (number, line) -> {
          consumer.accept(number, line);
          return true;
        });
  }

  /**
   * The same for some of them only: the others are not even parsed.
   *
   * @param visitor returns false if it wants no more
   */
  void visit(long from, Predicate<Long> wanted, BiPredicate<Long, AuditLine> visitor) {
    store.visitAudit(
        from,
        (number, json) ->
            !wanted.test(number) || visitor.test(number, Json.read(json, AuditLine.class)));
  }
}
