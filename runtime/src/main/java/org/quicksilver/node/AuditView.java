package org.quicksilver.node;

import java.time.Instant;
import java.util.List;
import org.quicksilver.transaction.TransactionId;

/**
 * A line of the audit trail as commands see it: {@link AuditLine} with its number.
 *
 * @param number number of the line, from 1
 */
record AuditView(
    long number,
    Instant at,
    String event,
    long pid,
    long incarnation,
    String jvm,
    String kind,
    String what,
    TransactionId transaction,
    String outcome,
    Instant openedAt,
    String thread,
    List<String> stack,
    double millis,
    String note,
    List<String> closing,
    String trace) {

  static AuditView of(long number, AuditLine line) {
    return new AuditView(
        number,
        line.at(),
        line.event(),
        line.pid(),
        line.incarnation(),
        line.jvm(),
        line.kind(),
        line.what(),
        line.transaction(),
        line.outcome(),
        line.openedAt(),
        line.thread(),
        line.stack(),
        line.millis(),
        line.note(),
        line.closing(),
        line.trace());
  }
}
