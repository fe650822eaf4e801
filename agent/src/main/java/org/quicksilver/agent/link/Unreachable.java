package org.quicksilver.agent.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.OpenDescriptors;
import org.quicksilver.handle.Descriptors;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Policies;
import org.quicksilver.handle.Policy;
import org.quicksilver.handle.Verdict;

/**
 * Handles that were collected while open: nobody can close them any more. Some the JDK closes then,
 * a little later, and some it never does; either way the program forgot to. Worker thread only.
 */
final class Unreachable {

  private static final String CLOSED = "unreachable, never closed; the collector closed it";
  private static final String OPEN = "unreachable, never closed; it stays open";

  /** So many are looked at in turn, and reported in one look: the thread has other work, too. */
  private static final int MOST_WAITING = 1000;

  private static final int MOST_AT_ONCE = 50;

  /** The JDK's cleaner comes within milliseconds; after so long it will not come. */
  private static final long PATIENCE_NANOS = 1_000_000_000;

  /**
   * Who closes a handle in order lets go of it before the closing is booked: collector and kernel
   * may be faster than a thread that is kept from the processor in between.
   */
  private static final long BOOKED_NANOS = 500_000_000;

  /** From one place in the program; more would tell nothing new and fill the audit trail. */
  private static final int MOST_REPORTS = 100;

  private record Waiting(Handle handle, long sinceNanos) {}

  private final Handles handles;
  private final Reports reports;
  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<String, Integer> reported = new HashMap<>();
  private final boolean descriptorsAreKnown = OpenDescriptors.areKnown();

  Unreachable(Handles handles, Reports reports) {
    this.handles = handles;
    this.reports = reports;
  }

  /** Whether such a handle is an error of the program when it is collected while open. */
  static boolean isLost(HandleKind kind) {
    return switch (kind) {
      case FILE,
          DIRECTORY,
          ARCHIVE,
          WATCH_SERVICE,
          SOCKET,
          LISTENER,
          DATAGRAM,
          PIPE,
          SELECTOR,
          CHANNEL_GROUP ->
          true;
      // A lock goes with its file, mapped memory only so; a child lives by itself.
      case LOCK, MAPPING, PROCESS, WINDOW, TRAY_ICON, TEMP_FILE -> false;
    };
  }

  /** Takes notice of what was collected since the last time, and reports it. */
  void look(Policies policies) {
    takeNotice();
    Iterator<Waiting> each = waiting.iterator();
    for (int done = 0; done < MOST_AT_ONCE && each.hasNext(); ) {
      Waiting one = each.next();
      boolean gone = isGone(one.handle);
      long waited = System.nanoTime() - one.sinceNanos;
      if (!one.handle.isUnreachable()) {
        each.remove();
      } else if (waited > (gone ? BOOKED_NANOS : PATIENCE_NANOS)) {
        each.remove();
        report(one.handle, policies, gone ? CLOSED : OPEN);
        done++;
      }
    }
  }

  private void takeNotice() {
    while (waiting.size() < MOST_WAITING) {
      Handle handle = handles.nextCollected();
      if (handle == null) {
        return;
      }
      if (isLost(handle.kind()) && handle.isUnreachable()) {
        waiting.add(new Waiting(handle, System.nanoTime()));
      }
    }
  }

  /** Its descriptors are no longer open: the JDK's cleaner was there. */
  private boolean isGone(Handle handle) {
    if (handle.isClosed()) {
      return true;
    }
    if (!descriptorsAreKnown) {
      return false;
    }
    int[] numbers =
        handle.descriptor() >= 0
            ? new int[] {handle.descriptor()}
            : Descriptors.of(handle.kind(), handle.extra());
    for (int number : numbers) {
      if (OpenDescriptors.isOpen(number)) {
        return false;
      }
    }
    if (numbers.length > 0) {
      handles.closeUnseen(handle);
    }
    return numbers.length > 0;
  }

  private void report(Handle handle, Policies policies, String note) {
    String stack = handle.stack();
    boolean ignored =
        policies.of(handle.kind(), handle.what()).action() == Policy.Action.IGNORE
            || handles.scope().isShared(handle.kind(), stack);
    if (!ignored && reported.merge(stack, 1, Integer::sum) <= MOST_REPORTS) {
      Moment moment = Moment.now();
      handles.judged(handle, Verdict.UNREACHABLE);
      reports.report(Verdict.UNREACHABLE, handle, false, moment, moment.nanos(), note);
    }
  }
}
