package org.quicksilver.agent.link;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.quicksilver.agent.bridge.QuicksilverBridge;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.Traces;
import org.quicksilver.config.Settings;

/**
 * What the worker does again and again, or once after a while. None of it is due before {@link
 * AgentLink#QUIET}, and so nothing of it is prepared before: a program that is over by then needs
 * none of it, and a start is not to pay for it.
 */
final class Duties implements Runnable {

  private static final Duration JOURNAL_EVERY = Duration.ofSeconds(1);
  private static final String HOOK = "a hook";
  private static final String EXHAUSTED =
      "the application had no stack or memory left for a hook: ";
  private static final Duration STACKS_EVERY = Duration.ofMillis(250);
  private static final Duration STACKS_FOR = Duration.ofMillis(100);
  private static final int STACKS_REST = 4;
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration SWEEP_EVERY = Duration.ofMillis(500);
  private static final Duration ASKED_FOR = Duration.ofMinutes(1);
  private static final Duration REST = Duration.ofMillis(100);
  private static final Duration TRACES_AGAIN = Duration.ofMillis(100);

  private final AgentLink link;
  private final Settings settings;
  private final AgentLink.Identity identity;
  private final AgentLog log;
  private final Handles handles;
  private final Endings endings;
  private final Worker worker;
  private final Thread starting;
  private boolean begun;

  Duties(
      AgentLink link,
      Settings settings,
      AgentLink.Identity identity,
      AgentLog log,
      Handles handles,
      Endings endings,
      Thread starting) {
    this.link = link;
    this.settings = settings;
    this.identity = identity;
    this.log = log;
    this.handles = handles;
    this.endings = endings;
    this.starting = starting;
    this.worker = link.worker();
  }

  /** Where there is no memory to begin with, this comes again. */
  @Override
  public void run() {
    if (!begun) {
      begin();
      begun = true;
    }
    logFault();
  }

  private void begin() {
    LeakHunter hunter =
        new LeakHunter(handles, endings, worker, log, settings.home(), identity, settings.hunt());
    worker.execute(hunter::start);
    worker.execute(this::watchRecorder);
    every(STACKS_EVERY, STACKS_REST, this::keepStacks);
    every(LOOK_EVERY, Worker.REST_FACTOR, endings);
    every(SWEEP_EVERY, Worker.REST_FACTOR, this::sweep);
    every(SWEEP_EVERY, Worker.REST_FACTOR, link::forgetTurns);
    every(ASKED_FOR, Worker.REST_FACTOR, handles.outflows()::forgetClosed);
    worker.executeAfter(REST, this::addRules);
    worker.executeAfter(REST, Rehearsal::run);
    Traces traces = new Traces(starting);
    worker.executeAfter(REST, () -> lookFor(traces));
  }

  private void every(Duration interval, int restFactor, Runnable task) {
    worker.executeEvery(interval.minus(AgentLink.QUIET), interval, restFactor, task);
  }

  /** Recordings begin with the JVM or at any later time. */
  private void watchRecorder() {
    try {
      if (FlightJournal.isWanted()) {
        handles.journal(FlightJournal.begin());
      } else {
        worker.executeAfter(JOURNAL_EVERY, this::watchRecorder);
      }
    } catch (LinkageError | IllegalStateException | SecurityException e) {
      log.say("no events for Flight Recorder: " + e);
    }
  }

  /**
   * Stacks of handles that stay open go into the breadcrumbs; most are closed before we come by,
   * and cost nothing.
   */
  private void keepStacks() {
    if (handles.stacks().takeUnrendered()) {
      handles.stacks().keepAll(STACKS_FOR);
    }
  }

  private void logFault() {
    Throwable thrown = QuicksilverBridge.thrown;
    if (thrown != null) {
      QuicksilverBridge.thrown = null;
      if (thrown instanceof VirtualMachineError) {
        log.say(EXHAUSTED + thrown);
      } else {
        log.fault(HOOK, thrown);
      }
    }
  }

  /**
   * Temporary files that are deleted or renamed, children that exit and locks of files that were
   * collected tell nobody.
   */
  private void sweep() {
    handles.forEachObject(
        handle -> {
          if (Sweep.isGone(handle, handles)) {
            handles.closeGone(handle);
          }
        });
  }

  private void addRules() {
    Path file = settings.home().scopeRules();
    try {
      handles.scope().add(file);
    } catch (IOException e) {
      log.say("cannot read " + file + ", its rules do not count: " + e);
    }
  }

  private void lookFor(Traces traces) {
    if (traces.isStillExpected()) {
      worker.executeAfter(TRACES_AGAIN, () -> lookFor(traces));
    }
  }
}
