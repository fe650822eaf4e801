package org.quicksilver.node;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Durations;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Policies;
import org.quicksilver.handle.Policy;
import org.quicksilver.handle.PolicyRule;
import org.quicksilver.transaction.TransactionId;

/**
 * Which handles a request is about; what is not given lets everything pass.
 *
 * @param jvm process ID or incarnation
 * @param kind kind of handle
 * @param transaction transaction, resolved
 * @param olderThan how long it must have been open
 * @param path pattern over path, endpoints, title or command, as in policies
 */
record Filter(
    @Nullable String jvm,
    @Nullable HandleKind kind,
    @Nullable TransactionId transaction,
    @Nullable Duration olderThan,
    @Nullable Policies path) {

  static Filter of(Request request, Links links) throws RequestException {
    try {
      return new Filter(
          request.text("jvm").orElse(null),
          request.text("kind").map(HandleKind::parse).orElse(null),
          request.text("transaction").map(TransactionId::parse).map(links::resolve).orElse(null),
          request.text("olderThan").map(Durations::parse).orElse(null),
          request.text("path").map(Filter::glob).orElse(null));
    } catch (IllegalArgumentException e) {
      throw RequestException.badRequest(e);
    }
  }

  private static Policies glob(String glob) {
    Policy any = new Policy(Policy.Action.IGNORE, false, Duration.ZERO);
    return new Policies(List.of(new PolicyRule(null, glob, any)));
  }

  Set<HandleKind> kinds() {
    return kind == null ? HandleKind.ALL : Set.of(kind);
  }

  boolean passesJvm(long pid, long incarnation) {
    return jvm == null || jvm.equals(Long.toString(pid)) || jvm.equals(Long.toString(incarnation));
  }

  boolean passesTransaction(TransactionId tid) {
    return transaction == null || transaction.equals(tid);
  }

  boolean passesHandle(HandleKind of, String what, long ageMillis) {
    return (kind == null || kind == of)
        && (olderThan == null || ageMillis >= olderThan.toMillis())
        && (path == null || path.of(of, what).action() == Policy.Action.IGNORE);
  }

  /** Whether it is about single handles, not about whole JVMs or transactions. */
  boolean isAboutHandles() {
    return kind != null || olderThan != null || path != null;
  }

  boolean passes(HandleView handle) {
    return passesJvm(handle.pid(), handle.incarnation())
        && passesTransaction(handle.transaction())
        && passesHandle(HandleKind.valueOf(handle.kind()), handle.what(), handle.ageMillis());
  }

  boolean passes(AuditView line, long nowMillis) {
    return passesJvm(line.pid(), line.incarnation())
        && passesTransaction(line.transaction())
        && passesHandle(
            HandleKind.valueOf(line.kind().toUpperCase(Locale.ROOT)),
            line.what(),
            nowMillis - line.openedAt().toEpochMilli());
  }
}
