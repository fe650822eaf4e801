package org.quicksilver.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** How a handle was opened, as {@code --stacks} shows it below the line of the handle. */
final class Opening {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private Opening() {}

  /** Its transaction, when and by which thread it was opened, and the stack if one was kept. */
  static List<String> lines(Row handle, ZoneId zone) {
    List<String> lines = new ArrayList<>();
    String slot = handle.text("slot");
    lines.add(
        (slot.isEmpty() ? "" : "handle " + handle.text("pid") + ":" + slot + "; ")
            + "transaction "
            + handle.text("transaction")
            + end(handle)
            + "; opened "
            + handle.instant("openedAt").map(at -> time(at, zone)).orElse("at an unknown time")
            + " by thread "
            + handle.text("thread"));
    List<String> stack = handle.texts("stack");
    stack.forEach(frame -> lines.add("  at " + Frames.plain(frame)));
    if (stack.isEmpty()) {
      lines.add("  no stack was kept (stack=off, or stack-sample)");
    }
    List<String> closing = handle.texts("closing");
    if (!closing.isEmpty()) {
      lines.add("closed");
      closing.forEach(frame -> lines.add("  at " + Frames.plain(frame)));
    }
    return lines;
  }

  private static String end(Row handle) {
    String outcome = handle.word("outcome");
    if (!outcome.isEmpty()) {
      return ", " + outcome;
    }
    return isForItsAge(handle) ? ", reported for its age: " + handle.text("note") : "";
  }

  /** Whether it was reported for being open too long: then nothing is said of its transaction. */
  static boolean isForItsAge(Row handle) {
    return handle.word("event").equals("leak") && handle.text("outcome").isEmpty();
  }

  /** A point in time as people read it, to the millisecond. */
  static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }
}
