package org.quicksilver.node;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.handle.Policy;
import org.quicksilver.handle.Verdict;
import org.quicksilver.log.NodeStore.Section;

/**
 * Does with leftovers what the policies say: the JVM's own rules first, then the node's; after the
 * grace; and writes it into the audit trail. Node thread only.
 *
 * <p>Before anything is destroyed the intention is stored, so that a successor of a node killed in
 * between finds the thing gone and still writes the line.
 */
final class CaseWork {

  private static final String PREFIX = "reclaim ";

  /** A child process may end in order first. */
  private static final Duration ORDERLY = Duration.ofSeconds(2);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration GIVE_UP = Duration.ofSeconds(10);

  private record Intention(boolean aborted) {}

  private final NodePolicies policies;
  private final AuditTrail audit;
  private final Ledger ledger;
  private final Links links;
  private final NodeThread thread;
  private final Clock clock;
  private final Set<String> intended = new HashSet<>();

  CaseWork(
      NodePolicies policies,
      AuditTrail audit,
      Ledger ledger,
      Links links,
      NodeThread thread,
      Clock clock) {
    this.policies = policies;
    this.audit = audit;
    this.ledger = ledger;
    this.links = links;
    this.thread = thread;
    this.clock = clock;
  }

  /** Finds what an earlier node had set out to do. */
  void load() {
    ledger.forEach(
        Section.HANDLES,
        PREFIX,
        Intention.class,
        (key, intention) -> intended.add(key.substring(PREFIX.length())));
  }

  /** Whether an earlier node set out to destroy it: then it counts even if it is gone. */
  boolean isIntended(String key) {
    return intended.contains(key);
  }

  /** The transaction of this leftover has ended. */
  void start(Case one, boolean aborted) {
    Policy policy = policy(one.dead(), one.handle());
    long endMillis = clock.millis();
    if (policy.action() == Policy.Action.IGNORE) {
      finish(one);
    } else {
      thread.after(
          policy.grace(),
          "post-mortem of " + one.handle().what(),
          () -> guarded(one, () -> act(one, policy.reclaims(aborted), aborted, endMillis)));
    }
  }

  /** What cannot be done is not tried for ever. */
  private void guarded(Case one, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      finish(one);
      throw e;
    }
  }

  private Policy policy(DeadJvm dead, HandleRecord handle) {
    return dead.policies().then(policies.rules()).of(handle.kind(), handle.what());
  }

  private void act(Case one, boolean reclaim, boolean aborted, long endMillis) {
    if (!Leftover.isThere(one.handle())) {
      if (isIntended(one.key())) {
        record(one, Verdict.RECLAIMED, aborted, endMillis, "");
      }
      finish(one);
    } else if (!reclaim) {
      record(one, aborted ? Verdict.ORPHAN : Verdict.LEAK, aborted, endMillis, "");
      finish(one);
    } else {
      ledger.put(Section.HANDLES, PREFIX + one.key(), new Intention(aborted));
      if (one.handle().kind() == HandleKind.PROCESS) {
        Leftover.kill(one.handle(), false);
        awaitDeath(one, aborted, endMillis, clock.millis(), false);
      } else {
        delete(one, aborted, endMillis);
      }
    }
  }

  private void delete(Case one, boolean aborted, long endMillis) {
    try {
      Leftover.delete(one.handle());
      record(one, Verdict.RECLAIMED, aborted, endMillis, "");
    } catch (IOException e) {
      record(one, Verdict.FAILED, aborted, endMillis, e.toString());
    }
    finish(one);
  }

  private void awaitDeath(
      Case one, boolean aborted, long endMillis, long killedMillis, boolean forced) {
    long waited = clock.millis() - killedMillis;
    if (!Leftover.isThere(one.handle())) {
      record(one, Verdict.RECLAIMED, aborted, endMillis, forced ? "killed" : "");
      finish(one);
    } else if (waited > GIVE_UP.toMillis()) {
      record(one, Verdict.FAILED, aborted, endMillis, "the process does not die");
      finish(one);
    } else {
      boolean force = forced || waited >= ORDERLY.toMillis();
      if (force && !forced) {
        Leftover.kill(one.handle(), true);
      }
      thread.after(
          LOOK_AGAIN,
          "end of process " + one.handle().extra(),
          () -> guarded(one, () -> awaitDeath(one, aborted, endMillis, killedMillis, force)));
    }
  }

  private void record(Case one, Verdict event, boolean aborted, long endMillis, String note) {
    long now = clock.millis();
    long micros = (now - endMillis) * 1000;
    audit.found(
        one.dead().record(),
        new Message.Report(0, now, event, aborted, micros, one.handle(), note),
        links.resolve(one.handle().transaction()));
  }

  private void finish(Case one) {
    ledger.remove(Section.HANDLES, PREFIX + one.key());
    intended.remove(one.key());
    one.close();
  }
}
