package org.quicksilver.node.queue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.comm.QueueMessage.OfferState;
import org.quicksilver.comm.QueueMessage.Place;
import org.quicksilver.transaction.NodeId;

/**
 * Which queue is offered where, by the processes of this node and, as far as somebody here asks, of
 * all nodes there is a way to. Whoever seeks a queue is told of every change, and of the death of
 * every process that used queues, after what that process said before. Node thread only; lost with
 * the node, and said again by everybody who is still there.
 */
public final class QueueDirectory {

  private final NodeId self;
  private final QueueWires wires;
  private final IntFunction<String> sockets;
  private final Set<Integer> users = new LinkedHashSet<>();
  private final Map<Integer, Map<Integer, LocalOffer>> offers = new LinkedHashMap<>();
  private final Map<String, SoughtQueue> queues = new TreeMap<>();
  private long answers;

  /**
   * Knows nothing yet.
   *
   * @param incarnation of this node: its answers are newer than those of its former lives
   * @param sockets where a process of this node listens, by its incarnation
   */
  public QueueDirectory(
      NodeId self, int incarnation, QueueWires wires, IntFunction<String> sockets) {
    this.answers = Integer.toUnsignedLong(incarnation) << Integer.SIZE;
    this.self = self;
    this.wires = wires;
    this.sockets = sockets;
  }

  /** A process uses queues. */
  public void onEnter(int process) {
    users.add(process);
    wires.tell(process, new QueueMessage.Admitted(sockets.apply(process)));
  }

  /** A process serves a queue; said again after a reconnect. */
  public void onOffered(int process, QueueMessage.Offered m) {
    users.add(process);
    Place place =
        new Place(self.value(), process, m.number(), m.recoverable(), sockets.apply(process));
    Map<Integer, LocalOffer> those = offers.computeIfAbsent(process, key -> new LinkedHashMap<>());
    if (those.putIfAbsent(m.number(), new LocalOffer(m.queue(), place)) == null) {
      changed(m.queue());
    }
  }

  /** A process serves it no more. */
  public void onWithdrawn(int process, int number) {
    Map<Integer, LocalOffer> those = offers.get(process);
    LocalOffer gone = those == null ? null : those.remove(number);
    if (gone != null) {
      changed(gone.queue());
    }
  }

  /** A process has requests for a queue. */
  public void onSeek(int process, String queue) {
    users.add(process);
    queue(queue).seekers().add(process);
    wires.ask(queue);
    wires.tell(process, new QueueMessage.Offers(queue, places(queue)));
  }

  /** It has none any more. */
  public void onUnseek(int process, String queue) {
    SoughtQueue sought = queues.get(queue);
    if (sought != null) {
      unseek(process, queue, sought);
    }
  }

  /** What other nodes said of it is not kept up to date when nobody here wants to know it. */
  private void unseek(int process, String name, SoughtQueue queue) {
    if (queue.seekers().remove(process) && queue.seekers().isEmpty()) {
      queue.elsewhere().clear();
      wires.unask(name);
      forgetIfUnused(name, queue);
    }
  }

  /** How the offers of a process are doing. */
  public void onState(int process, List<OfferState> states) {
    Map<Integer, LocalOffer> those = offers.getOrDefault(process, Map.of());
    for (OfferState state : states) {
      LocalOffer offer = those.get(state.number());
      if (offer != null) {
        offer.state(state);
      }
    }
  }

  /** A process of this node is dead, or has let go of its node. */
  public void onGone(int process) {
    if (!users.remove(process)) {
      return;
    }
    Map<Integer, LocalOffer> those = offers.remove(process);
    Map.copyOf(queues).forEach((name, queue) -> unseek(process, name, queue));
    if (those != null) {
      those.values().stream().map(LocalOffer::queue).distinct().forEach(this::changed);
    }
    QueueMessage.Gone gone = new QueueMessage.Gone(self.value(), process);
    users.forEach(each -> wires.tell(each, gone));
    wires.nodes().forEach(node -> wires.say(node, gone));
  }

  /** A node is lost, and with it every process there: it learns so when it returns. */
  public void onLost(NodeId node) {
    List.copyOf(queues.keySet()).forEach(name -> forgetNode(name, node));
    QueueMessage.Lost lost = new QueueMessage.Lost(node.value());
    users.forEach(each -> wires.tell(each, lost));
  }

  private void forgetNode(String name, NodeId node) {
    SoughtQueue queue = queue(name);
    queue.asking().remove(node);
    queue.answers().remove(node);
    if (queue.elsewhere().remove(node) != null) {
      tellSeekers(name, queue);
    }
    forgetIfUnused(name, queue);
  }

  /** Another node asks who offers a queue here, and wants to be told of changes. */
  public void onAsk(NodeId from, QueueMessage.Ask m) {
    queue(m.queue()).asking().put(from, m.round());
    answer(from, m.queue(), m.round(), here(m.queue()));
  }

  private void answer(NodeId to, String name, long round, List<Place> here) {
    wires.say(to, new QueueMessage.Answer(name, round, ++answers, here));
  }

  /** It does not any more. */
  public void onUnask(NodeId from, String name) {
    SoughtQueue queue = queues.get(name);
    if (queue != null) {
      queue.asking().remove(from);
      forgetIfUnused(name, queue);
    }
  }

  /** Another node says who offers a queue there; nobody may want to know that any more. */
  public void onAnswer(NodeId from, QueueMessage.Answer m) {
    SoughtQueue queue = queues.get(m.queue());
    if (queue == null || queue.seekers().isEmpty()) {
      return;
    }
    if (queue.answers().getOrDefault(from, 0L) < m.number()) {
      queue.answers().put(from, m.number());
      queue.elsewhere().put(from, m.places());
      tellSeekers(m.queue(), queue);
    }
  }

  /** All are asked anew: what they said before may not hold any more. */
  public void onAskedAnew(String name) {
    SoughtQueue queue = queues.get(name);
    if (queue != null && !queue.elsewhere().isEmpty()) {
      queue.elsewhere().clear();
      tellSeekers(name, queue);
    }
  }

  /** Another node says that a process there is dead. */
  public void onGone(QueueMessage.Gone m) {
    users.forEach(each -> wires.tell(each, m));
  }

  private SoughtQueue queue(String name) {
    return queues.computeIfAbsent(name, key -> new SoughtQueue());
  }

  private void forgetIfUnused(String name, SoughtQueue queue) {
    if (queue.isUnused()) {
      queues.remove(name);
    }
  }

  private void changed(String name) {
    SoughtQueue queue = queues.get(name);
    if (queue != null) {
      List<Place> here = here(name);
      queue.asking().forEach((node, round) -> answer(node, name, round, here));
      tellSeekers(name, queue);
    }
  }

  private void tellSeekers(String name, SoughtQueue queue) {
    QueueMessage.Offers all = new QueueMessage.Offers(name, places(name));
    queue.seekers().forEach(process -> wires.tell(process, all));
  }

  private List<Place> here(String name) {
    return offers.values().stream()
        .flatMap(those -> those.values().stream())
        .filter(offer -> offer.queue().equals(name))
        .map(LocalOffer::place)
        .toList();
  }

  private List<Place> places(String name) {
    List<Place> places = new ArrayList<>(here(name));
    queue(name).elsewhere().values().forEach(places::addAll);
    return places;
  }

  /** Whether a process of this node uses queues. */
  public boolean isUser(int process) {
    return users.contains(process);
  }

  /** All offers of this node's processes, for people. */
  public List<OfferView> views() {
    List<OfferView> views = new ArrayList<>();
    offers.forEach((process, those) -> those.values().forEach(each -> views.add(each.view())));
    return views;
  }

  /** How many processes of this node seek a queue. */
  public int seekers(String name) {
    SoughtQueue queue = queues.get(name);
    return queue == null ? 0 : queue.seekers().size();
  }

  /** Queues that are sought here, offered or not. */
  public Set<String> sought() {
    Set<String> names = new LinkedHashSet<>();
    queues.forEach(
        (name, queue) -> {
          if (!queue.seekers().isEmpty()) {
            names.add(name);
          }
        });
    return names;
  }

  /** Where a queue is offered on other nodes, as far as is known. */
  public List<Place> elsewhere(String name) {
    @Nullable SoughtQueue queue = queues.get(name);
    return queue == null
        ? List.of()
        : queue.elsewhere().values().stream().flatMap(List::stream).toList();
  }
}
