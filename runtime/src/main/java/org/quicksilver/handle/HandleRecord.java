package org.quicksilver.handle;

import org.quicksilver.transaction.TransactionId;

/**
 * One breadcrumb, read: a handle that is open, or was when its process died.
 *
 * @param slot number of the slot in the file
 * @param generation tells this use of the slot from the ones before and after
 * @param kind what it is
 * @param accepted whether it is a socket that was accepted, not opened
 * @param transaction the transaction it belongs to
 * @param openedAtMillis when it was opened, milliseconds since 1970
 * @param thread name of the opening thread, possibly cut
 * @param what path, endpoints ({@code local -> remote}), title or command; long ones are cut in the
 *     middle
 * @param exact whether {@code what} is whole: never act on a path that is not
 * @param extra for a child process its process ID; for a temporary file its inode; for a handle of
 *     several descriptors their numbers, see {@link Descriptors}; otherwise 0
 * @param stack opening stack, one frame a line, innermost first; empty if none was kept
 * @param cause why its thread worked for the transaction
 * @param trace ID of the trace of OpenTelemetry that its thread worked for, 32 hexadecimal digits;
 *     empty if there was none
 */
public record HandleRecord(
    int slot,
    int generation,
    HandleKind kind,
    boolean accepted,
    TransactionId transaction,
    long openedAtMillis,
    String thread,
    String what,
    boolean exact,
    long extra,
    String stack,
    Cause cause,
    String trace) {

  /** One of which it is not known why its thread worked for the transaction, and for no trace. */
  public HandleRecord(
      int slot,
      int generation,
      HandleKind kind,
      boolean accepted,
      TransactionId transaction,
      long openedAtMillis,
      String thread,
      String what,
      boolean exact,
      long extra,
      String stack) {
    this(
        slot,
        generation,
        kind,
        accepted,
        transaction,
        openedAtMillis,
        thread,
        what,
        exact,
        extra,
        stack,
        Cause.UNKNOWN,
        "");
  }
}
