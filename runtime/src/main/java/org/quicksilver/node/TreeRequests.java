package org.quicksilver.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.RootPhase;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Answers {@code tree}: transactions, who takes part, and the handles hanging on them. Node thread
 * only.
 */
final class TreeRequests {

  private final TransactionTable transactions;
  private final Links links;
  private final JvmTable jvms;
  private final Handles handles;

  TreeRequests(TransactionTable transactions, Links links, JvmTable jvms, Handles handles) {
    this.transactions = transactions;
    this.links = links;
    this.jvms = jvms;
    this.handles = handles;
  }

  List<TreeView> tree(Request request) throws RequestException {
    Filter filter = Filter.of(request, links);
    Filter everyJvm =
        new Filter(null, filter.kind(), filter.transaction(), filter.olderThan(), filter.path());
    Map<TransactionId, List<HandleView>> open =
        handles.list(everyJvm).stream()
            .collect(
                Collectors.groupingBy(
                    HandleView::transaction, LinkedHashMap::new, Collectors.toList()));
    List<TreeView> trees = new ArrayList<>();
    for (TransactionId tid : known(open.keySet())) {
      TreeView tree = view(tid, open.getOrDefault(tid, List.of()));
      if (passes(filter, tree)) {
        trees.add(tree);
      }
    }
    return trees.stream().limit(Math.max(1, request.number("limit", Long.MAX_VALUE))).toList();
  }

  /** Those under way, and those that only the handles tell of: no link of theirs has been found. */
  private Set<TransactionId> known(Set<TransactionId> fromHandles) {
    Set<TransactionId> all = new TreeSet<>(fromHandles);
    transactions.active().forEach(state -> all.add(state.tid()));
    return all;
  }

  private boolean passes(Filter filter, TreeView tree) {
    boolean hasJvm =
        filter.passesJvm(tree.ownerPid(), tree.owner().incarnation())
            || tree.participants().stream()
                .anyMatch(branch -> filter.passesJvm(branch.pid(), branch.incarnation()));
    boolean hasHandle =
        !tree.handles().isEmpty()
            || tree.participants().stream().anyMatch(branch -> !branch.handles().isEmpty());
    return hasJvm
        && filter.passesTransaction(tree.transaction())
        && (hasHandle || !filter.isAboutHandles());
  }

  private TreeView view(TransactionId tid, List<HandleView> open) {
    TransactionState state = transactions.find(tid);
    JvmRecord record =
        state == null ? jvms.beginner(tid) : jvms.record(state.ownership().localIncarnation());
    int owner = record == null ? 0 : record.incarnation();
    long pid = record == null ? 0 : record.pid();
    String command = record == null ? "" : record.command();
    return new TreeView(
        tid,
        state == null ? RootPhase.ACTIVE.name() : state.phase().toString(),
        state != null && state.isFailed(),
        state == null ? List.of() : state.failures(),
        pid,
        new TreeView.Member(pid, command, Integer.toUnsignedLong(owner)),
        tid.sequence() == 1 ? "process" : "conversation",
        of(owner, open),
        branches(tid, state, owner, open));
  }

  private static List<HandleView> of(int incarnation, List<HandleView> open) {
    long unsigned = Integer.toUnsignedLong(incarnation);
    return open.stream().filter(handle -> handle.incarnation() == unsigned).toList();
  }

  /** Participants, and JVMs that hold handles of it without being known to take part. */
  private List<TreeView.Branch> branches(
      TransactionId tid, @Nullable TransactionState state, int owner, List<HandleView> open) {
    Map<Integer, @Nullable Link> members = new LinkedHashMap<>();
    if (state != null) {
      for (ParticipantId id : state.participants().keySet()) {
        if (id instanceof ProcessParticipant process) {
          members.put(process.incarnation(), null);
        }
      }
    }
    open.forEach(handle -> members.putIfAbsent((int) handle.incarnation(), null));
    for (Link link : links.of(tid)) {
      if (members.containsKey(link.acceptor()) && members.get(link.acceptor()) == null) {
        members.put(link.acceptor(), link);
      }
    }
    members.remove(owner);
    List<TreeView.Branch> branches = new ArrayList<>();
    members.forEach((incarnation, link) -> branches.add(branch(incarnation, link, open)));
    return branches;
  }

  private TreeView.Branch branch(int incarnation, @Nullable Link link, List<HandleView> open) {
    JvmRecord record = jvms.record(incarnation);
    Jvm jvm = jvms.find(incarnation);
    JvmRecord from = link == null ? null : jvms.record(link.opener());
    return new TreeView.Branch(
        record == null ? 0 : record.pid(),
        Integer.toUnsignedLong(incarnation),
        record == null ? "" : record.command(),
        (jvm == null ? JvmState.DEAD : jvm.state()).name(),
        link == null ? "" : link.seenByOpener(),
        from == null ? 0 : from.pid(),
        of(incarnation, open));
  }
}
