package org.quicksilver.agent.link;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Journal;
import org.quicksilver.handle.HandleKind;

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
      trace = handle.trace();
      about(handle.kind(), handle.what(), handle.branch().transaction().toString());
    }

    final void about(HandleKind of, String described, String tid) {
      kind = of.word();
      what = described;
      transaction = tid;
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

  @Name("org.quicksilver.HandleJudged")
  @Label("Handle outlived its transaction")
  @Category("Quicksilver")
  @StackTrace(false)
  static final class Judged extends HandleEvent {
    @Label("Verdict")
    @Description("leak, orphan, reclaimed, withdrawn or failed")
    String verdict = "";
  }

  private FlightJournal() {}

  /** Whether Flight Recorder has been started in this JVM, now or before. */
  static boolean isWanted() {
    return FlightRecorder.isInitialized();
  }

  /** Everything that a first event needs is loaded here, not on a thread of the application. */
  static FlightJournal begin() {
    FlightRecorder.register(Opened.class);
    FlightRecorder.register(Closed.class);
    FlightRecorder.register(Judged.class);
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
  public void judged(HandleKind kind, String what, String transaction, String verdict) {
    Judged event = new Judged();
    if (event.isEnabled()) {
      event.verdict = verdict;
      event.about(kind, what, transaction);
    }
  }
}
