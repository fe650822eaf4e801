package org.quicksilver.agent.link;

import java.util.LinkedHashMap;
import java.util.Map;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.Verdict;

/**
 * Reports for the audit trail, kept until the node has acknowledged them: a node that dies in
 * between loses none. Worker thread only, but where it is said.
 */
final class Reports {

  /**
   * Beyond this the oldest are not kept to be sent again: without a node for ever, the
   * application's heap comes first.
   */
  private static final int MOST_KEPT = 10_000;

  private final Map<Long, Message.Report> unacknowledged = new LinkedHashMap<>();
  private final ControlLink link;
  private final AgentLog log;
  private long last;
  private boolean dropping;
  private volatile int waiting;

  Reports(ControlLink link, AgentLog log) {
    this.link = link;
    this.log = log;
  }

  void report(
      Verdict event, Handle handle, boolean aborted, Moment moment, long endedNanos, String note) {
    Message.Report report =
        new Message.Report(
            ++last,
            moment.millis(),
            event,
            aborted,
            (moment.nanos() - endedNanos) / 1000,
            handle.toRecord(),
            note);
    if (unacknowledged.size() == MOST_KEPT) {
      Long oldest = unacknowledged.keySet().iterator().next();
      unacknowledged.remove(oldest);
      if (!dropping) {
        dropping = true;
        log.say(
            MOST_KEPT
                + " reports wait for the node: should it have none of them, those from report "
                + oldest
                + " on are lost");
      }
    }
    unacknowledged.put(report.number(), report);
    waiting = unacknowledged.size();
    link.send(report);
  }

  void acknowledged(long number) {
    unacknowledged.remove(number);
    waiting = unacknowledged.size();
  }

  /** Whether there are any that the node has not acknowledged. Any thread. */
  boolean areWaiting() {
    return waiting > 0;
  }

  void resend() {
    for (Message.Report report : unacknowledged.values()) {
      link.send(report);
    }
  }
}
