package org.quicksilver.node;

import com.google.gson.JsonParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.LinkMessage.Describe;
import org.quicksilver.comm.LinkMessage.Described;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.TransactionId;

/**
 * Transactions with the parts of the nodes below this one, which are asked for them; what a node
 * that is not linked, or does not answer in time, knows is left out. Node thread only.
 */
final class TransactionTrees {

  private static final int MOST_HOPS = 8;

  /** For each hop that is left. Too small: busy nodes are left out; too large: commands wait. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  /** Far below the longest frame. */
  private static final int LONGEST_ANSWER = 1 << 20;

  private record Asked(TransactionId tid, NodeId node) {}

  private final TransactionRequests requests;
  private final TransactionTable transactions;
  private final Neighbours neighbours;
  private final NodeThread thread;
  private final NodeLog log;
  private final Map<Asked, CompletableFuture<@Nullable TransactionView>> asked = new HashMap<>();

  TransactionTrees(
      TransactionRequests requests,
      TransactionTable transactions,
      Neighbours neighbours,
      NodeThread thread,
      NodeLog log) {
    this.requests = requests;
    this.transactions = transactions;
    this.neighbours = neighbours;
    this.thread = thread;
    this.log = log;
  }

  /** The transaction that was asked for, or all that are under way. */
  CompletableFuture<List<TransactionView>> trees(Request request) throws RequestException {
    List<TransactionView> views =
        request.text("transaction").isPresent()
            ? List.of(requests.show(request))
            : requests.list(request);
    return all(views.stream().map(view -> with(view, MOST_HOPS)).toList());
  }

  private static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> each) {
    return CompletableFuture.allOf(each.toArray(new CompletableFuture<?>[0]))
        .thenApply(done -> each.stream().map(CompletableFuture::join).toList());
  }

  private CompletableFuture<TransactionView> with(TransactionView view, int hops) {
    List<CompletableFuture<TransactionView.Part>> parts = new ArrayList<>();
    for (TransactionView.Part part : view.participants()) {
      parts.add(
          part.node().isEmpty()
              ? CompletableFuture.completedFuture(part)
              : ask(view.transaction(), node(part), hops).thenApply(part::over));
    }
    return all(parts).thenApply(view::with);
  }

  private static NodeId node(TransactionView.Part part) {
    return new NodeId(Long.parseUnsignedLong(part.node(), 16));
  }

  private CompletableFuture<@Nullable TransactionView> ask(
      TransactionId tid, NodeId node, int hops) {
    if (hops == 0 || neighbours.find(node).isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    Asked question = new Asked(tid, node);
    CompletableFuture<@Nullable TransactionView> known = asked.get(question);
    if (known != null) {
      return known;
    }
    CompletableFuture<@Nullable TransactionView> answer = new CompletableFuture<>();
    asked.put(question, answer);
    neighbours.send(node, new Describe(tid, hops - 1));
    thread.after(
        PATIENCE.multipliedBy(hops), "description of " + tid, () -> answered(question, null));
    return answer;
  }

  private void answered(Asked question, @Nullable TransactionView view) {
    CompletableFuture<@Nullable TransactionView> answer = asked.remove(question);
    if (answer != null) {
      answer.complete(view);
    }
  }

  /** Another node asks. Below a superior that is not the primary one nothing is drawn twice. */
  void onDescribe(NodeParticipant from, Describe m) {
    TransactionTable.Known known = transactions.known(m.transaction());
    if (known == null) {
      neighbours.send(from.node(), new Described(m.transaction(), ""));
      return;
    }
    boolean isBelow =
        known.state().role() instanceof Role.Subordinate role
            && role.primary().node().equals(from.node());
    int hops = isBelow ? Math.max(0, Math.min(m.hops(), MOST_HOPS)) : 0;
    with(requests.view(known), hops)
        .thenAccept(
            view -> {
              String json = Json.write(view);
              neighbours.send(
                  from.node(),
                  new Described(m.transaction(), json.length() > LONGEST_ANSWER ? "" : json));
            });
  }

  /** Another node has answered. */
  void onDescribed(NodeParticipant from, Described m) {
    TransactionView view = null;
    try {
      view = m.json().isEmpty() ? null : Json.read(m.json(), TransactionView.class);
    } catch (JsonParseException e) {
      log.warn(from + " describes " + m.transaction() + " in a way not understood: " + e);
    }
    answered(new Asked(m.transaction(), from.node()), view);
  }
}
