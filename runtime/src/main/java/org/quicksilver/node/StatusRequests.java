package org.quicksilver.node;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.quicksilver.comm.Message;
import org.quicksilver.config.Home;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.TransactionId;

/** Answers {@code status}, {@code jvms} and {@code handles}. Node thread only. */
final class StatusRequests {

  /**
   * A JVM as commands see it.
   *
   * @param pid process ID
   * @param incarnation unsigned
   * @param state LIVE, DISCONNECTED or DEAD
   * @param command command line, possibly empty
   * @param startedAt when it started
   * @param transaction its process transaction
   * @param handles how many handles it has open
   */
  record JvmView(
      long pid,
      long incarnation,
      String state,
      String command,
      Instant startedAt,
      TransactionId transaction,
      int handles) {}

  private final Message.Welcome identity;
  private final Home home;
  private final JvmTable jvms;
  private final TransactionTable transactions;
  private final Handles handles;
  private final StatisticsRequests statistics;
  private final Counters counters;
  private final Instant startedAt;

  StatusRequests(
      Message.Welcome identity,
      Home home,
      JvmTable jvms,
      TransactionTable transactions,
      Handles handles,
      StatisticsRequests statistics,
      Counters counters,
      Clock clock) {
    this.identity = identity;
    this.home = home;
    this.jvms = jvms;
    this.transactions = transactions;
    this.handles = handles;
    this.statistics = statistics;
    this.counters = counters;
    this.startedAt = clock.instant();
  }

  Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("pid", ProcessHandle.current().pid());
    status.put("incarnation", Integer.toUnsignedLong(identity.incarnation()));
    status.put("node", new NodeId(identity.node()).toString());
    status.put("home", home.directory().toString());
    status.put("startedAt", startedAt);
    status.put("jvms", jvms.living().size());
    status.put("transactions", transactions.countActive());
    status.put("inDoubt", statistics.inDoubt());
    status.putAll(counters.all());
    return status;
  }

  List<JvmView> jvms(Request request) throws RequestException {
    List<JvmView> views = new ArrayList<>();
    Filter filter = Filter.of(request, handles.links());
    if (request.flag("all")) {
      jvms.dead().forEach(dead -> views.add(view(dead, JvmState.DEAD, 0)));
    }
    for (Jvm jvm : jvms.living()) {
      views.add(view(JvmRecord.living(jvm), jvm.state(), handles.count(jvm)));
    }
    views.removeIf(view -> !filter.passesJvm(view.pid(), view.incarnation()));
    return views;
  }

  private JvmView view(JvmRecord jvm, JvmState state, int open) {
    return new JvmView(
        jvm.pid(),
        Integer.toUnsignedLong(jvm.incarnation()),
        state.name(),
        jvm.command(),
        Instant.ofEpochMilli(jvm.startedAtMillis()),
        new TransactionId(identity.node(), jvm.incarnation(), 1),
        open);
  }

  List<HandleView> handles(Request request) throws RequestException {
    long limit = Math.max(1, request.number("limit", Long.MAX_VALUE));
    return handles.list(Filter.of(request, handles.links())).stream().limit(limit).toList();
  }
}
