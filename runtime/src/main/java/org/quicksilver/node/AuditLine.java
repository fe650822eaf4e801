package org.quicksilver.node;

import java.time.Instant;
import java.util.List;
import org.quicksilver.comm.Message;
import org.quicksilver.config.LeakHunt;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.handle.Verdict;
import org.quicksilver.transaction.TransactionId;

/**
 * One line of the audit trail: what happened to which handle of which JVM, and why. The names are
 * those of the answer to {@code audit}.
 *
 * @param at when it happened
 * @param event LEAK, ORPHAN, RECLAIMED, WITHDRAWN or FAILED
 * @param pid process ID of the JVM whose handle it is
 * @param incarnation of that JVM, unsigned
 * @param jvm its command line
 * @param kind of the handle
 * @param what path, endpoints, title or command
 * @param transaction whose end it outlived
 * @param outcome COMMITTED or ABORTED; empty if the line is about no end of the transaction: the
 *     handle was collected while open, or reported for its age
 * @param openedAt when it was opened
 * @param thread name of the opening thread
 * @param stack opening stack, innermost frame first
 * @param millis time from the end of the transaction to the event
 * @param note why it failed, or empty
 * @param slot slot of the handle, which names it together with the generation
 * @param generation tells this use of the slot from others
 * @param closing where it was closed, innermost frame first; empty if that was not recorded
 * @param trace ID of the trace of OpenTelemetry that its thread worked for; empty if there was none
 */
record AuditLine(
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
    int slot,
    int generation,
    List<String> closing,
    String trace) {

  /** Older agents and trails call a transaction committed of which they only know an age. */
  AuditLine {
    outcome = note.startsWith(LeakHunt.OPEN_FOR_MORE_THAN) ? "" : outcome;
  }

  /** A line must fit into the store, whatever an agent sends. */
  private static final int LONGEST_STACK = 12_000;

  private static final int LONGEST_TEXT = 1_000;

  static AuditLine of(JvmRecord jvm, Message.Report report, TransactionId transaction) {
    HandleRecord handle = report.handle();
    int note = report.note().indexOf('\n');
    String closing = note < 0 ? "" : report.note().substring(note);
    return new AuditLine(
        Instant.ofEpochMilli(report.atMillis()),
        report.event().name(),
        jvm.pid(),
        Integer.toUnsignedLong(jvm.incarnation()),
        cut(jvm.command(), LONGEST_TEXT),
        handle.kind().name(),
        cut(handle.what(), LONGEST_TEXT),
        transaction,
        outcome(report),
        Instant.ofEpochMilli(handle.openedAtMillis()),
        cut(handle.thread(), LONGEST_TEXT),
        frames(cut(handle.stack(), LONGEST_STACK)),
        report.sinceEndMicros() / 1000.0,
        cut(note < 0 ? report.note() : report.note().substring(0, note), LONGEST_TEXT),
        handle.slot(),
        handle.generation(),
        frames(cut(closing, LONGEST_STACK)),
        cut(handle.trace(), LONGEST_TEXT));
  }

  private static String outcome(Message.Report report) {
    if (report.event() == Verdict.UNREACHABLE) {
      return "";
    }
    return report.aborted() ? "ABORTED" : "COMMITTED";
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "...";
  }

  static List<String> frames(String stack) {
    return stack.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Names the handle: the same in every line about it. */
  String handleKey() {
    return incarnation + ":" + slot + ":" + generation;
  }
}
