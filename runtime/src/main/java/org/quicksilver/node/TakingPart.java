package org.quicksilver.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
  private final Map<TransactionId, List<Waiting>> waiting = new LinkedHashMap<>();

  TakingPart(Neighbours neighbours, TransactionTable transactions, Beginnings beginnings) {
    this.neighbours = neighbours;
    this.transactions = transactions;
    this.beginnings = beginnings;
  }

  /**
   * Goes on at once if this node takes part already, or if it is for this node to say that nobody
   * knows the transaction; otherwise when the other node has answered.
   *
   * @param via the node the transaction was handed over by
   * @param then told why this node cannot take part, or an empty text
   */
  void before(TransactionId tid, long via, Consumer<String> then) {
    NodeId superior = superior(tid, via);
    if (superior == null) {
      beginnings.await(tid, () -> then.accept(""));
    } else if (neighbours.find(superior).isEmpty()) {
      then.accept("there is no link to node " + superior + ": name it in peers of either node");
    } else {
      List<Waiting> others = waiting.computeIfAbsent(tid, key -> new ArrayList<>());
      others.add(new Waiting(superior, then));
      if (others.size() == 1) {
        neighbours.send(superior, new LinkMessage.TakePart(tid));
      }
    }
  }

  private @Nullable NodeId superior(TransactionId tid, long via) {
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
