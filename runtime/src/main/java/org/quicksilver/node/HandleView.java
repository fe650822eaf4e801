package org.quicksilver.node;

import java.time.Instant;
import java.util.List;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.transaction.TransactionId;

/**
 * A handle as commands see it.
 *
 * @param pid process ID of its JVM
 * @param incarnation of its JVM, unsigned
 * @param slot slot in the breadcrumbs
 * @param kind name of its kind, as in {@link org.quicksilver.handle.HandleKind}
 * @param what path, endpoints, title or command
 * @param transaction whose it is, resolved
 * @param openedAt when it was opened
 * @param ageMillis how long ago that is
 * @param thread name of the opening thread
 * @param accepted whether it is an accepted socket
 * @param stack opening stack, innermost frame first
 * @param trace ID of the trace of OpenTelemetry that its thread worked for; empty if there was none
 */
record HandleView(
    long pid,
    long incarnation,
    int slot,
    String kind,
    String what,
    TransactionId transaction,
    Instant openedAt,
    long ageMillis,
    String thread,
    boolean accepted,
    List<String> stack,
    String trace) {

  static HandleView of(
      Jvm jvm, HandleRecord handle, TransactionId transaction, List<String> stack, long nowMillis) {
    return new HandleView(
        jvm.pid(),
        Integer.toUnsignedLong(jvm.incarnation()),
        handle.slot(),
        handle.kind().name(),
        handle.what(),
        transaction,
        Instant.ofEpochMilli(handle.openedAtMillis()),
        Math.max(0, nowMillis - handle.openedAtMillis()),
        handle.thread(),
        handle.accepted(),
        stack,
        handle.trace());
  }
}
