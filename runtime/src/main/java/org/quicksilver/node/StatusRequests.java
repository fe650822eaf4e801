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
   * @param unattributed how many descriptors it has open that no record tells of; -1 if that cannot
   *     be told
   * @param unmatched hooks that found nothing to intercept on its JDK
   */
  record JvmView(
      long pid,
      long incarnation,
      String state,
      String command,
      Instant startedAt,
      TransactionId transaction,
      int handles,
      int unattributed,
      List<String> unmatched) {}

  /**
   * A descriptor without a record as commands see it.
   *
   * @param pid process ID of its JVM
   * @param incarnation of its JVM, unsigned
   * @param descriptor its number
   * @param target what the kernel says it leads to
   */
  record DescriptorView(long pid, long incarnation, int descriptor, String target) {}

  private final Message.Welcome identity;
  private final Home home;
  private final JvmTable jvms;
  private final TransactionTable transactions;
  private final Handles handles;
  private final StatisticsRequests statistics;
  private final Queues queues;
  private final Counters counters;
  private final Instant startedAt;

  StatusRequests(
      Message.Welcome identity,
      Home home,
      JvmTable jvms,
      TransactionTable transactions,
      Handles handles,
      StatisticsRequests statistics,
      Queues queues,
      Counters counters,
      Clock clock) {
    this.identity = identity;
    this.home = home;
    this.jvms = jvms;
    this.transactions = transactions;
    this.handles = handles;
    this.statistics = statistics;
    this.queues = queues;
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
    status.put("completions", queues.completions().size());
    status.putAll(counters.all());
    return status;
  }

  List<JvmView> jvms(Request request) throws RequestException {
    List<JvmView> views = new ArrayList<>();
    Filter filter = Filter.of(request, handles.links());
    if (request.flag("all")) {
      jvms.dead().forEach(dead -> views.add(view(dead, JvmState.DEAD, 0, -1, List.of())));
    }
    for (Jvm jvm : jvms.living()) {
      if (filter.passesJvm(jvm.pid(), Integer.toUnsignedLong(jvm.incarnation()))) {
        JvmRecord record = JvmRecord.living(jvm);
        int unattributed = handles.countUnattributed(jvm);
        views.add(
            view(record, jvm.state(), handles.count(jvm), unattributed, handles.unmatched(jvm)));
      }
    }
    views.removeIf(view -> !filter.passesJvm(view.pid(), view.incarnation()));
    return views;
  }

  private JvmView view(
      JvmRecord jvm, JvmState state, int open, int unattributed, List<String> unmatched) {
    return new JvmView(
        jvm.pid(),
        Integer.toUnsignedLong(jvm.incarnation()),
        state.name(),
        jvm.command(),
        Instant.ofEpochMilli(jvm.startedAtMillis()),
        new TransactionId(identity.node(), jvm.incarnation(), 1),
        open,
        unattributed,
        unmatched);
  }

  List<DescriptorView> unattributed(Request request) throws RequestException {
    Filter filter = Filter.of(request, handles.links());
    List<DescriptorView> views = new ArrayList<>();
    for (Jvm jvm : jvms.living()) {
      long incarnation = Integer.toUnsignedLong(jvm.incarnation());
      if (filter.passesJvm(jvm.pid(), incarnation)) {
        for (UnattributedDescriptors.Descriptor one : handles.unattributed(jvm)) {
          views.add(new DescriptorView(jvm.pid(), incarnation, one.number(), one.target()));
        }
      }
    }
    return views;
  }

  Page handles(Request request) throws RequestException {
    long limit = Math.max(1, request.number("limit", Long.MAX_VALUE));
    long[] after = Page.position(request.after(), 3);
    return handles.page(Filter.of(request, handles.links()), after, limit);
  }
}
