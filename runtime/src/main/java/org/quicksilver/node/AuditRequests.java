package org.quicksilver.node;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Answers {@code audit} and {@code leaks} from the audit trail. Node thread only. */
final class AuditRequests {

  private static final int LIMIT = 1000;

  private final AuditTrail audit;
  private final Accusations accusations;
  private final Acquaintances acquaintances;
  private final JvmTable jvms;
  private final Links links;
  private final Clock clock;

  AuditRequests(
      AuditTrail audit, Acquaintances acquaintances, JvmTable jvms, Links links, Clock clock) {
    this.audit = audit;
    this.accusations = new Accusations(audit);
    this.acquaintances = acquaintances;
    this.jvms = jvms;
    this.links = links;
    this.clock = clock;
  }

  /** The first lines from a number on, or the last ones if none is given. */
  List<AuditView> audit(Request request) throws RequestException {
    Filter filter = Filter.of(request, links);
    long from = request.number("from", 0);
    long limit = Math.max(1, request.number("limit", LIMIT));
    long now = clock.millis();
    ArrayDeque<AuditView> lines = new ArrayDeque<>();
    audit.forEach(
        from,
        (number, line) -> {
          AuditView view = AuditView.of(number, line, jvms);
          if (filter.passes(view, now) && (from == 0 || lines.size() < limit)) {
            lines.add(view);
            if (lines.size() > limit) {
              lines.remove();
            }
          }
        });
    return new ArrayList<>(lines);
  }

  /**
   * Handles that outlived their transaction, or were too old, and have neither been closed since
   * nor been reclaimed, and those that were collected while open; also of JVMs that have ended
   * since.
   *
   * @throws RequestException also if a JVM or a transaction is named of which nothing is known
   */
  Page leaks(Request request) throws RequestException {
    Filter filter = Filter.of(request, links);
    long limit = Math.max(1, request.number("limit", Long.MAX_VALUE));
    long now = clock.millis();
    long[] last = Page.position(request.after(), 2);
    Page page = new Page();
    Set<Long> standing = accusations.standing();
    audit.visit(
        last[0] + 1,
        standing::contains,
        (number, line) -> {
          AuditView view = AuditView.of(number, line, jvms);
          if (!filter.passes(view, now)) {
            return true;
          }
          if (last[1] == limit) {
            return false;
          }
          if (!page.add(view)) {
            page.next(last);
            return false;
          }
          last[0] = number;
          last[1]++;
          return true;
        });
    if (page.isEmpty()) {
      acquaintances.check(filter);
    }
    return page;
  }
}
