package org.quicksilver.node;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionId;

/**
 * A line of the audit trail as commands see it: {@link AuditLine} with its number.
 *
 * @param number number of the line, from 1
 * @param jvmState LIVE, DISCONNECTED or DEAD
 * @param jvmEndedAt when the JVM was found dead; null while it lives, or if that is remembered no
 *     more
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
    String trace,
    String jvmState,
    @Nullable Instant jvmEndedAt) {

  static AuditView of(long number, AuditLine line, JvmTable jvms) {
    Jvm jvm = jvms.find((int) line.incarnation());
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
        line.trace(),
        (jvm == null ? JvmState.DEAD : jvm.state()).name(),
        endedAt(jvms.record((int) line.incarnation())));
  }

  private static @Nullable Instant endedAt(@Nullable JvmRecord jvm) {
    return jvm == null || !jvm.isDead() ? null : Instant.ofEpochMilli(jvm.diedAtMillis());
  }
}
