package org.quicksilver.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;

/**
 * A line of {@code quicksilver audit --json}.
 *
 * @param number of the line, from 1
 * @param event LEAK, ORPHAN, RECLAIMED, WITHDRAWN, FAILED or UNREACHABLE
 * @param pid process that has the handle
 * @param kind FILE, SOCKET and others
 * @param what path, endpoints, title or command
 * @param transaction whose end it outlived
 * @param outcome of that transaction
 * @param openedAt when, as an instant is written
 * @param thread that opened it
 * @param stack where, innermost frame first
 * @param millis from the end of the transaction to the event
 * @param note what went wrong
 * @param trace of OpenTelemetry, or empty
 */
record AuditLine(
    long number,
    String event,
    long pid,
    String kind,
    String what,
    String transaction,
    String outcome,
    String openedAt,
    String thread,
    List<String> stack,
    double millis,
    String note,
    String trace) {

  Instant opened() {
    return Instant.parse(openedAt);
  }

  boolean isReclaim() {
    return event.equals("RECLAIMED");
  }

  /** Names the handle: the same in every line about it. */
  String handle() {
    return pid + " " + what + " " + openedAt + " " + stack.hashCode();
  }

  /** Each line is about another handle: nothing was reported or given back twice. */
  static void assertOnce(List<AuditLine> audit) {
    long handles = audit.stream().map(AuditLine::handle).distinct().count();
    assertEquals(handles, audit.size(), () -> "lines of the same handle in " + audit);
  }
}
