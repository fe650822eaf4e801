package org.quicksilver.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of the audit trail accuse a handle that has neither been closed since nor been
 * reclaimed. Each line of the trail is read once, when somebody first asks after it was written.
 * Node thread only.
 */
final class Accusations {

  private static final Set<String> ACCUSING = Set.of("LEAK", "ORPHAN", "UNREACHABLE");

  /** Closing it has failed: it is as open as before. */
  private static final String FAILED = "FAILED";

  private final AuditTrail audit;
  private final Map<String, Long> byHandle = new HashMap<>();
  private final Set<Long> standing = new HashSet<>();
  private long read;

  Accusations(AuditTrail audit) {
    this.audit = audit;
  }

  /** The numbers of those lines, now; not to be changed. */
  Set<Long> standing() {
    audit.forEach(read + 1, this::read);
    return standing;
  }

  private void read(long number, AuditLine line) {
    read = number;
    if (ACCUSING.contains(line.event())) {
      withdraw(byHandle.put(line.handleKey(), number));
      standing.add(number);
    } else if (!line.event().equals(FAILED)) {
      withdraw(byHandle.remove(line.handleKey()));
    }
  }

  private void withdraw(@Nullable Long former) {
    if (former != null) {
      standing.remove(former);
    }
  }
}
