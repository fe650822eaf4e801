package org.quicksilver.handle;

import static org.quicksilver.handle.CrumbFile.utf8;

/**
 * Handles whose every field follows from one number, so that a record read back shows by itself
 * whether it was ever written, or put together from two.
 */
final class Numbered {

  /** So many times at most is one moved. */
  static final int MOST_MOVES = 16;

  private Numbered() {}

  static int open(BreadcrumbWriter writer, Slot slot, long number) {
    return writer.open(
        slot,
        kind(number),
        accepted(number),
        CrumbFile.transaction(number * MOST_MOVES),
        number,
        new SlotImage(1, utf8(thread(number))),
        utf8(what(number)),
        extra(number));
  }

  static void move(BreadcrumbWriter writer, Slot slot, int generation, long number, int times) {
    writer.move(slot, generation, CrumbFile.transaction(number * MOST_MOVES + times));
  }

  static String stack(long number) {
    return "frame(" + number % 100 + ")\n" + "f".repeat((int) (number % 100) * 40);
  }

  private static HandleKind kind(long number) {
    return HandleKind.ofCode((int) (number % HandleKind.values().length) + 1);
  }

  private static boolean accepted(long number) {
    return number % 3 == 0;
  }

  private static String thread(long number) {
    return "thread-" + number;
  }

  private static long extra(long number) {
    return number * 0x9e3779b97f4a7c15L;
  }

  private static String what(long number) {
    return number + ":" + "w".repeat((int) (number * 31 % 450));
  }

  /** Fails unless it is one that {@link #open} wrote and {@link #move} moved. */
  static void check(HandleRecord r) {
    long number = r.openedAtMillis();
    String what = what(number);
    boolean whole = what.length() <= Breadcrumbs.TEXT_LENGTH;
    boolean same =
        r.kind() == kind(number)
            && r.accepted() == accepted(number)
            && r.transaction().node() == CrumbFile.NODE
            && r.transaction().incarnation() == CrumbFile.INCARNATION
            && r.transaction().sequence() / MOST_MOVES == number
            && r.thread().equals(thread(number))
            && r.extra() == extra(number)
            && r.exact() == whole
            && (whole ? r.what().equals(what) : r.what().startsWith(number + ":w"))
            && (r.stack().isEmpty() || r.stack().equals(stack(number)));
    if (!same) {
      throw new AssertionError("nobody wrote " + r);
    }
  }
}
