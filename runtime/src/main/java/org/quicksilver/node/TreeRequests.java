package org.quicksilver.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

  /** A tree is to be looked at; whoever wants all handles asks for handles. */
  private static final int USUAL_HANDLES = 100;

  private static final int MOST_HANDLES = 1000;

  /** The handles of one transaction in one JVM: the first of them, and how many they are. */
  private static final class Held {
    static final Held NOTHING = new Held();

    private final List<HandleView> first = new ArrayList<>();
    private int count;

    void add(HandleView view, int most) {
      if (count++ < most) {
        first.add(view);
      }
    }
  }

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
    Map<TransactionId, Map<Integer, Held>> open = open(everyJvm, mostHandles(request));
    List<TreeView> trees = new ArrayList<>();
    for (TransactionId tid : known(open.keySet())) {
      TreeView tree = view(tid, open.getOrDefault(tid, Map.of()));
      if (passes(filter, tree)) {
        trees.add(tree);
      }
    }
    return trees.stream().limit(Math.max(1, request.number("limit", Long.MAX_VALUE))).toList();
  }

  private static int mostHandles(Request request) throws RequestException {
    return (int) Math.max(0, Math.min(request.number("handles", USUAL_HANDLES), MOST_HANDLES));
  }

  /** What is open, by transaction and incarnation. */
  private Map<TransactionId, Map<Integer, Held>> open(Filter filter, int most) {
    Map<TransactionId, Map<Integer, Held>> open = new LinkedHashMap<>();
    handles.forEach(
        filter,
        view ->
            open.computeIfAbsent(view.transaction(), tid -> new LinkedHashMap<>())
                .computeIfAbsent((int) view.incarnation(), incarnation -> new Held())
                .add(view, most));
    return open;
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
        tree.handleCount() > 0
            || tree.participants().stream().anyMatch(branch -> branch.handleCount() > 0);
    return hasJvm
        && filter.passesTransaction(tree.transaction())
        && (hasHandle || !filter.isAboutHandles());
  }

  private TreeView view(TransactionId tid, Map<Integer, Held> open) {
    TransactionState state = transactions.find(tid);
    JvmRecord record =
        state == null ? jvms.beginner(tid) : jvms.record(state.ownership().localIncarnation());
    int owner = record == null ? 0 : record.incarnation();
    long pid = record == null ? 0 : record.pid();
    String command = record == null ? "" : record.command();
    Held held = open.getOrDefault(owner, Held.NOTHING);
    return new TreeView(
        tid,
        state == null ? RootPhase.ACTIVE.name() : state.phase().toString(),
        state != null && state.isFailed(),
        state == null ? List.of() : state.failures(),
        pid,
        new TreeView.Member(pid, command, Integer.toUnsignedLong(owner)),
        tid.sequence() == 1 ? "process" : "conversation",
        held.count,
        held.first,
        branches(tid, state, owner, open));
  }

  /** Participants, and JVMs that hold handles of it without being known to take part. */
  private List<TreeView.Branch> branches(
      TransactionId tid, @Nullable TransactionState state, int owner, Map<Integer, Held> open) {
    Map<Integer, @Nullable Link> members = new LinkedHashMap<>();
    if (state != null) {
      for (ParticipantId id : state.participants().keySet()) {
        if (id instanceof ProcessParticipant process) {
          members.put(process.incarnation(), null);
        }
      }
    }
    open.keySet().forEach(incarnation -> members.putIfAbsent(incarnation, null));
    for (Link link : links.of(tid)) {
      if (members.containsKey(link.acceptor()) && members.get(link.acceptor()) == null) {
        members.put(link.acceptor(), link);
      }
    }
    members.remove(owner);
    List<TreeView.Branch> branches = new ArrayList<>();
    members.forEach(
        (incarnation, link) ->
            branches.add(branch(incarnation, link, open.getOrDefault(incarnation, Held.NOTHING))));
    return branches;
  }

  private TreeView.Branch branch(int incarnation, @Nullable Link link, Held held) {
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
        held.count,
        held.first);
  }
}
