package org.quicksilver.agent.link;

import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Journal;
import org.quicksilver.handle.Verdict;

/**
 * Writes events of Flight Recorder. Loaded only when it is running in this JVM; an event that the
 * recording does not want costs the look at a flag.
 */
final class FlightJournal implements Journal {

  /** What all of them say. */
  abstract static class HandleEvent extends Event {
    @Label("Kind")
    String kind = "";

    @Label("Handle")
    @Description("Path, endpoints, title or command")
    String what = "";

    @Label("Transaction")
    String transaction = "";

    @Label("Trace")
    @Description("ID of the trace of OpenTelemetry that its thread worked for, if there was one")
    String trace = "";

    final void about(Handle handle) {
      kind = handle.kind().word();
      what = handle.what();
      transaction = handle.branch().transaction().toString();
      trace = handle.trace();
      commit();
    }
  }

  @Name("org.quicksilver.HandleOpened")
  @Label("Handle opened")
  @Category("Quicksilver")
  @StackTrace(false)
  static final class Opened extends HandleEvent {}

  @Name("org.quicksilver.HandleClosed")
  @Label("Handle closed")
  @Category("Quicksilver")
  @StackTrace(false)
  static final class Closed extends HandleEvent {}

  @Name("org.quicksilver.HandleLeaked")
  @Label("Handle outlived its committed transaction, or its age")
  @Category("Quicksilver")
  @StackTrace(false)
  static final class Leaked extends HandleEvent {}

  @Name("org.quicksilver.HandleOrphaned")
  @Label("Handle outlived its aborted transaction")
  @Category("Quicksilver")
  @StackTrace(false)
  static final class Orphaned extends HandleEvent {}

  @Name("org.quicksilver.HandleReclaimed")
  @Label("Handle closed by Quicksilver")
  @Category("Quicksilver")
  @StackTrace(false)
  static final class Reclaimed extends HandleEvent {}

  @Name("org.quicksilver.HandleReportWithdrawn")
  @Label("Reported handle closed by the application after all")
  @Category("Quicksilver")
  @StackTrace(false)
  static final class ReportWithdrawn extends HandleEvent {}

  @Name("org.quicksilver.HandleReclaimFailed")
  @Label("Handle could not be closed by Quicksilver")
  @Category("Quicksilver")
  @StackTrace(false)
  static final class ReclaimFailed extends HandleEvent {}

  @Name("org.quicksilver.HandleUnreachable")
  @Label("Handle collected while open")
  @Category("Quicksilver")
  @StackTrace(false)
  static final class Collected extends HandleEvent {}

  private static final List<Class<? extends Event>> EVENTS =
      List.of(
          Opened.class,
          Closed.class,
          Leaked.class,
          Orphaned.class,
          Reclaimed.class,
          ReportWithdrawn.class,
          ReclaimFailed.class,
          Collected.class);

  private FlightJournal() {}

  /** Whether Flight Recorder has been started in this JVM, now or before. */
  static boolean isWanted() {
    return FlightRecorder.isInitialized();
  }

  /** Everything that a first event needs is loaded here, not on a thread of the application. */
  static FlightJournal begin() {
    EVENTS.forEach(FlightRecorder::register);
    return new FlightJournal();
  }

  @Override
  public void opened(Handle handle) {
    Opened event = new Opened();
    if (event.isEnabled()) {
      event.about(handle);
    }
  }

  @Override
  public void closed(Handle handle) {
    Closed event = new Closed();
    if (event.isEnabled()) {
      event.about(handle);
    }
  }

  @Override
  public void judged(Handle handle, Verdict verdict) {
    HandleEvent event = event(verdict);
    if (event.isEnabled()) {
      event.about(handle);
    }
  }

  private static HandleEvent event(Verdict verdict) {
    return switch (verdict) {
      case LEAK -> new Leaked();
      case ORPHAN -> new Orphaned();
      case RECLAIMED -> new Reclaimed();
      case WITHDRAWN -> new ReportWithdrawn();
      case FAILED -> new ReclaimFailed();
      case UNREACHABLE -> new Collected();
    };
  }
}
