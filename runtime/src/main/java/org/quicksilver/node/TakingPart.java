package org.quicksilver.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.LinkMessage;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.SubordinatePhase;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Work of this node's processes for transactions of other nodes, until the node it came from has
 * registered this one: nothing is done for a transaction before somebody will tell its end. Node
 * thread only.
 *
 * <p>Source: transaction-manager.md, "Rules" (register before send).
 */
final class TakingPart {

  /**
   * What waits.
   *
   * @param then told why it may not go on, or an empty text
   */
  private record Waiting(NodeId via, Consumer<String> then) {}

  private final Neighbours neighbours;
  private final TransactionTable transactions;
  private final Beginnings beginnings;
  private final Function<NodeId, @Nullable NodeId> ways;
  private final Map<TransactionId, List<Waiting>> waiting = new LinkedHashMap<>();

  /**
   * Nothing waits yet.
   *
   * @param ways the neighbour that is next on the way to a node; null if there is no way
   */
  TakingPart(
      Neighbours neighbours,
      TransactionTable transactions,
      Beginnings beginnings,
      Function<NodeId, @Nullable NodeId> ways) {
    this.neighbours = neighbours;
    this.transactions = transactions;
    this.beginnings = beginnings;
    this.ways = ways;
  }

  /**
   * Goes on at once if this node takes part already, or if it is for this node to say that nobody
   * knows the transaction; otherwise when the other node has answered.
   *
   * @param via the node the transaction was handed over by
   * @param then told why this node cannot take part, or an empty text
   */
  void before(TransactionId tid, long via, Consumer<String> then) {
    NodeId handedBy = handedBy(tid, via);
    NodeId superior = handedBy == null ? null : ways.apply(handedBy);
    if (handedBy == null) {
      beginnings.await(tid, () -> then.accept(""));
    } else if (superior == null) {
      then.accept("there is no link to node " + handedBy + ": name it in peers of either node");
    } else {
      List<Waiting> others = waiting.computeIfAbsent(tid, key -> new ArrayList<>());
      others.add(new Waiting(superior, then));
      if (others.size() == 1) {
        neighbours.send(superior, new LinkMessage.TakePart(tid, handedBy.value()));
      }
    }
  }

  /**
   * The same for a node below this one, which is on the way there.
   *
   * @param below the neighbour that asks
   */
  void beforeBelow(NodeId below, LinkMessage.TakePart m, Consumer<String> then) {
    NodeId handedBy = handedBy(m.transaction(), m.via());
    if (handedBy != null && below.equals(ways.apply(handedBy))) {
      then.accept("the way to node " + handedBy + " leads back");
    } else {
      before(m.transaction(), m.via(), then);
    }
  }

  private @Nullable NodeId handedBy(TransactionId tid, long via) {
    TransactionState state = transactions.find(tid);
    if (state != null && state.phase() == SubordinatePhase.READ_ONLY) {
      return state.subordinate().primary().node();
    }
    NodeId from = new NodeId(via == 0 ? tid.node() : via);
    return state != null || from.equals(neighbours.self().node()) ? null : from;
  }

  /** This node is registered. */
  void done(TransactionId tid) {
    refused(tid, "");
  }

  void refused(TransactionId tid, String reason) {
    List<Waiting> those = waiting.remove(tid);
    if (those != null) {
      those.forEach(each -> each.then().accept(reason));
    }
  }

  /** Nobody will answer any more. */
  void lost(NodeId node) {
    waiting.entrySet().stream()
        .filter(each -> each.getValue().get(0).via().equals(node))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(tid -> refused(tid, "the link to node " + node + " is lost"));
  }
}
