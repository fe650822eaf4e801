package org.quicksilver.node.queue;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.transaction.NodeId;

/**
 * The ways between nodes that are not linked themselves, over those that are. A question goes from
 * link to link, {@value #MOST_HOPS} at the most and to each node once; the way it came is the way
 * of the answer, and of whatever the two nodes say to each other later. When a link on a way is
 * lost, both its ends have lost each other, as if the link had been theirs. Every loss is made
 * known to all, and all ask anew: there may be another way, and only what answers the newest
 * question counts. Node thread only; lost with the node.
 *
 * <p>Source: QuickSilver, "IPC fundamental to system services" (a client does not need to know
 * where in the network its request is served).
 */
public final class Routing {

  /** Fewer: queues far away are not found; more: a question that nobody answers goes further. */
  public static final int MOST_HOPS = 8;

  /** The links of this node. */
  public interface Links {

    /** The nodes there is a link to. */
    Collection<NodeId> neighbours();

    /** Tells one of them, once and in order as long as there is the link. */
    void send(NodeId neighbour, QueueMessage.Between message);
  }

  /** What comes over the ways, whoever it comes from. */
  public interface Receiver {

    /** A node says something; in the order in which it was said as long as the way is the same. */
    void onWord(NodeId from, QueueMessage.Between message);

    /** There is no way to a node any more. */
    void onLost(NodeId node);

    /** A question is asked anew: what answered it before does not count any more. */
    void onAskedAnew(String queue);
  }

  private record Question(NodeId origin, String queue) {}

  private record Asked(long round, int hops) {}

  private final NodeId self;
  private final Links links;
  private final Receiver receiver;
  private final Map<NodeId, NodeId> ways = new LinkedHashMap<>();
  private final Map<Question, Asked> questions = new LinkedHashMap<>();
  private final Map<NodeId, Long> losses = new LinkedHashMap<>();
  private long round;

  /**
   * Knows no way yet.
   *
   * @param incarnation of this node: its questions are newer than those of its former lives
   */
  public Routing(NodeId self, int incarnation, Links links, Receiver receiver) {
    this.self = self;
    this.links = links;
    this.receiver = receiver;
    this.round = Integer.toUnsignedLong(incarnation) << Integer.SIZE;
  }

  /** Asks all nodes who offers a queue; not again if that has been asked. */
  public void ask(String queue) {
    if (!questions.containsKey(new Question(self, queue))) {
      askAnew(queue);
    }
  }

  private void askAnew(String queue) {
    questions.put(new Question(self, queue), new Asked(++round, MOST_HOPS + 1));
    sayToAllBut(self, new QueueMessage.Ask(queue, self.value(), round, MOST_HOPS));
  }

  /** Nobody here wants to know that any more. */
  public void unask(String queue) {
    Asked asked = questions.remove(new Question(self, queue));
    if (asked != null) {
      sayToAllBut(self, new QueueMessage.Unask(queue, self.value(), asked.round()));
    }
  }

  private void sayToAllBut(NodeId from, QueueMessage.Between message) {
    links.neighbours().stream()
        .filter(each -> !each.equals(from))
        .forEach(each -> links.send(each, message));
  }

  /** Whether others may reach each other over this node only. */
  public boolean isOnTheWay() {
    return links.neighbours().size() > 1
        && questions.keySet().stream().anyMatch(each -> !each.origin().equals(self));
  }

  /** Every node there is a way to. */
  public Set<NodeId> known() {
    Set<NodeId> known = new LinkedHashSet<>(links.neighbours());
    known.addAll(ways.keySet());
    return known;
  }

  /** The neighbour that is next on the way to a node; null if there is no way. */
  public @Nullable NodeId next(NodeId node) {
    return links.neighbours().contains(node) ? node : ways.get(node);
  }

  /** Tells a node, wherever it is; lost if there is no way, or none to the end. */
  public void say(NodeId to, QueueMessage.Between message) {
    NodeId next = next(to);
    if (to.equals(next)) {
      links.send(to, message);
    } else if (next != null) {
      links.send(next, new QueueMessage.Relayed(self.value(), to.value(), MOST_HOPS, message));
    }
  }

  /** A neighbour says something, or passes it on. */
  public void onWord(NodeId neighbour, QueueMessage.Between message) {
    if (message instanceof QueueMessage.Ask m) {
      onAsk(neighbour, m);
    } else if (message instanceof QueueMessage.Unask m) {
      onUnask(neighbour, m);
    } else if (message instanceof QueueMessage.Relayed m) {
      onRelayed(neighbour, m);
    } else if (message instanceof QueueMessage.Unreachable m) {
      onUnreachable(neighbour, new NodeId(m.node()));
    } else if (message instanceof QueueMessage.AskAnew m) {
      onAskAnew(neighbour, m);
    } else if (message instanceof QueueMessage.Answer m && !isCurrent(m)) {
      // It answers an earlier question, whichever way it came.
      return;
    } else {
      receiver.onWord(neighbour, message);
    }
  }

  private void onAsk(NodeId neighbour, QueueMessage.Ask m) {
    NodeId origin = new NodeId(m.origin());
    int hops = Math.min(m.hops(), MOST_HOPS);
    Question question = new Question(origin, m.queue());
    Asked known = questions.get(question);
    if (origin.equals(self) || (known != null && !isNews(m.round(), hops, known))) {
      return;
    }
    questions.put(question, new Asked(m.round(), hops));
    learn(origin, neighbour);
    if (hops > 1) {
      sayToAllBut(neighbour, new QueueMessage.Ask(m.queue(), m.origin(), m.round(), hops - 1));
    }
    receiver.onWord(origin, m);
  }

  /** The same question may have come a longer way before. */
  private static boolean isNews(long round, int hops, Asked known) {
    return round > known.round() || (round == known.round() && hops > known.hops());
  }

  private void onUnask(NodeId neighbour, QueueMessage.Unask m) {
    NodeId origin = new NodeId(m.origin());
    Question question = new Question(origin, m.queue());
    Asked known = questions.get(question);
    if (!origin.equals(self) && known != null && known.round() <= m.round()) {
      questions.remove(question);
      sayToAllBut(neighbour, m);
      receiver.onWord(origin, m);
    }
  }

  private void onRelayed(NodeId neighbour, QueueMessage.Relayed m) {
    NodeId from = new NodeId(m.from());
    NodeId to = new NodeId(m.to());
    if (from.equals(self)) {
      return;
    }
    if (!ways.containsKey(from)) {
      learn(from, neighbour);
    }
    if (to.equals(self)) {
      if (!(m.message() instanceof QueueMessage.Answer answer) || isCurrent(answer)) {
        receiver.onWord(from, m.message());
      }
      return;
    }
    NodeId next = next(to);
    if (next == null || next.equals(neighbour) || m.hops() <= 1) {
      links.send(neighbour, new QueueMessage.Unreachable(m.to()));
    } else {
      int hops = Math.min(m.hops(), MOST_HOPS) - 1;
      links.send(next, new QueueMessage.Relayed(m.from(), m.to(), hops, m.message()));
    }
  }

  private boolean isCurrent(QueueMessage.Answer m) {
    Asked asked = questions.get(new Question(self, m.queue()));
    return asked != null && asked.round() == m.round();
  }

  private void learn(NodeId node, NodeId neighbour) {
    if (!node.equals(neighbour) && !links.neighbours().contains(node)) {
      ways.put(node, neighbour);
    }
  }

  private void onUnreachable(NodeId neighbour, NodeId node) {
    if (neighbour.equals(ways.get(node))) {
      lose(List.of(node), neighbour);
      haveAllAskAnew();
    }
  }

  /** There is a link to a node: it is asked what is asked here. */
  public void onLinked(NodeId neighbour) {
    ways.remove(neighbour);
    questions.forEach(
        (question, asked) -> {
          if (!question.origin().equals(neighbour) && asked.hops() > 1) {
            links.send(
                neighbour,
                new QueueMessage.Ask(
                    question.queue(), question.origin().value(), asked.round(), asked.hops() - 1));
          }
        });
  }

  /** The link to a node is lost, and with it every way that began there. */
  public void onLost(NodeId neighbour) {
    Set<NodeId> lost = new LinkedHashSet<>(List.of(neighbour));
    ways.forEach((node, next) -> lost.addAll(next.equals(neighbour) ? Set.of(node) : Set.of()));
    lose(lost, neighbour);
    haveAllAskAnew();
  }

  private void lose(Collection<NodeId> nodes, NodeId neighbour) {
    for (NodeId node : nodes) {
      ways.remove(node);
      questions.keySet().removeIf(question -> question.origin().equals(node));
      receiver.onLost(node);
      sayToAllBut(neighbour, new QueueMessage.Unreachable(node.value()));
    }
  }

  private void haveAllAskAnew() {
    sayToAllBut(self, new QueueMessage.AskAnew(self.value(), ++round));
    askAnew();
  }

  private void onAskAnew(NodeId neighbour, QueueMessage.AskAnew m) {
    NodeId origin = new NodeId(m.origin());
    if (!origin.equals(self) && losses.getOrDefault(origin, 0L) < m.round()) {
      losses.put(origin, m.round());
      sayToAllBut(neighbour, m);
      askAnew();
    }
  }

  private void askAnew() {
    List<Question> own =
        questions.keySet().stream().filter(each -> each.origin().equals(self)).toList();
    for (Question each : own) {
      receiver.onAskedAnew(each.queue());
      askAnew(each.queue());
    }
  }
}
