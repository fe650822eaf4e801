package org.quicksilver.node.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.comm.QueueMessage.Place;
import org.quicksilver.transaction.NodeId;

/** The real ways and directories of several nodes, over links that are made and lost. */
@Timeout(60)
class RoutingTest {

  private static final int RUNS = Integer.getInteger("quicksilver.schedules", 60) * 5;
  private static final int SEEKER = 7;
  private static final int SERVER = 8;

  private final List<Station> stations = new ArrayList<>();
  private final Map<List<Station>, Deque<QueueMessage.Between>> wires = new LinkedHashMap<>();
  private Random random = new Random(1);

  /** One node. */
  private final class Station implements Routing.Links, Routing.Receiver, QueueWires {
    private final NodeId id;
    private final Set<Station> linked = new LinkedHashSet<>();
    private final Routing routing;
    private final QueueDirectory directory;
    private List<Place> told = List.of();

    Station(int number) {
      id = new NodeId(number);
      routing = new Routing(id, 1, this, this);
      directory = new QueueDirectory(id, 1, this, process -> "socket");
    }

    @Override
    public Collection<NodeId> neighbours() {
      return linked.stream().map(each -> each.id).toList();
    }

    @Override
    public void send(NodeId neighbour, QueueMessage.Between message) {
      wires.get(List.of(this, station(neighbour))).add(message);
    }

    @Override
    public void onWord(NodeId from, QueueMessage.Between message) {
      if (message instanceof QueueMessage.Ask m) {
        directory.onAsk(from, m);
      } else if (message instanceof QueueMessage.Unask m) {
        directory.onUnask(from, m.queue());
      } else if (message instanceof QueueMessage.Answer m) {
        directory.onAnswer(from, m);
      }
    }

    @Override
    public void onLost(NodeId node) {
      directory.onLost(node);
    }

    @Override
    public void onAskedAnew(String queue) {
      directory.onAskedAnew(queue);
    }

    @Override
    public void tell(int process, QueueMessage.ToProgram message) {
      if (message instanceof QueueMessage.Offers m) {
        told = m.places();
      }
    }

    @Override
    public void say(NodeId node, QueueMessage.Between message) {
      routing.say(node, message);
    }

    @Override
    public Collection<NodeId> nodes() {
      return routing.known();
    }

    @Override
    public void ask(String queue) {
      routing.ask(queue);
    }

    @Override
    public void unask(String queue) {
      routing.unask(queue);
    }

    Set<Long> found() {
      Set<Long> nodes = new TreeSet<>();
      told.forEach(place -> nodes.add(place.node()));
      return nodes;
    }
  }

  private Station station(NodeId id) {
    return stations.get((int) id.value() - 1);
  }

  private void build(int count) {
    for (int i = 1; i <= count; i++) {
      stations.add(new Station(i));
    }
  }

  private void link(Station a, Station b) {
    if (a != b && a.linked.add(b)) {
      b.linked.add(a);
      wires.put(List.of(a, b), new ArrayDeque<>());
      wires.put(List.of(b, a), new ArrayDeque<>());
      a.routing.onLinked(b.id);
      b.routing.onLinked(a.id);
    }
  }

  private void cut(Station a, Station b) {
    if (a.linked.remove(b)) {
      b.linked.remove(a);
      wires.remove(List.of(a, b));
      wires.remove(List.of(b, a));
      a.routing.onLost(b.id);
      b.routing.onLost(a.id);
    }
  }

  /** Some message arrives; those over one link in order. */
  private boolean step() {
    List<List<Station>> busy =
        wires.keySet().stream().filter(key -> !wires.get(key).isEmpty()).toList();
    if (busy.isEmpty()) {
      return false;
    }
    List<Station> way = busy.get(random.nextInt(busy.size()));
    way.get(1).routing.onWord(way.get(0).id, wires.get(way).remove());
    return true;
  }

  private void settle(String when) {
    int steps = 0;
    while (step()) {
      assertTrue(++steps < 1_000_000, "it never ends, " + when);
    }
  }

  private static void offer(Station at) {
    at.directory.onOffered(SERVER, new QueueMessage.Offered(1, "q", false, "socket"));
  }

  @Test
  void aQueueIsFoundOverEightLinksAndNotOverMore() {
    build(10);
    for (int i = 1; i < 10; i++) {
      link(stations.get(i - 1), stations.get(i));
    }
    offer(stations.get(8));
    offer(stations.get(9));
    stations.get(0).directory.onSeek(SEEKER, "q");
    settle("in a line");
    assertEquals(Set.of(9L), stations.get(0).found());
  }

  @Test
  void whatNobodySeeksAnyMoreIsForgottenEverywhere() {
    build(4);
    link(stations.get(0), stations.get(1));
    link(stations.get(1), stations.get(2));
    link(stations.get(2), stations.get(3));
    link(stations.get(3), stations.get(1));
    stations.get(0).directory.onSeek(SEEKER, "q");
    settle("asking");
    assertTrue(stations.get(1).routing.isOnTheWay());
    stations.get(0).directory.onGone(SEEKER);
    settle("unasking");
    for (Station each : stations) {
      assertFalse(each.routing.isOnTheWay());
      offer(each);
    }
    settle("offering");
    assertEquals(Set.of(), stations.get(0).found());
  }

  @Test
  void whateverLinksAreMadeAndLostEverySeekerFindsAllThatIsThere() {
    long first = Long.getLong("quicksilver.seed", System.nanoTime());
    for (long seed = first; seed < first + RUNS; seed++) {
      random = new Random(seed);
      stations.clear();
      wires.clear();
      run("seed " + seed);
    }
  }

  private void run(String when) {
    build(6);
    for (int i = 0; i < 150; i++) {
      Station one = stations.get(random.nextInt(6));
      Station other = stations.get(random.nextInt(6));
      switch (random.nextInt(12)) {
        case 0, 1 -> link(one, other);
        case 2 -> cut(one, other);
        case 3 -> offer(one);
        case 4 -> one.directory.onGone(SERVER);
        case 5 -> one.directory.onSeek(SEEKER, "q");
        default -> step();
      }
    }
    settle(when);
    stations.forEach(each -> each.directory.onSeek(SEEKER, "q"));
    settle(when);
    for (Station each : stations) {
      assertEquals(reachable(each), each.found(), each.id + ", " + when);
    }
  }

  /** Those with an offer that there is any way to. */
  private static Set<Long> reachable(Station from) {
    Set<Station> seen = new LinkedHashSet<>(Set.of(from));
    Deque<Station> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (Station next : open.remove().linked) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    Set<Long> nodes = new TreeSet<>();
    seen.stream()
        .filter(each -> !each.directory.views().isEmpty())
        .forEach(each -> nodes.add(each.id.value()));
    return nodes;
  }
}
