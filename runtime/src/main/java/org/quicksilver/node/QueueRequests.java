package org.quicksilver.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.quicksilver.comm.QueueMessage.OfferState;
import org.quicksilver.comm.QueueMessage.Place;
import org.quicksilver.node.queue.OfferView;
import org.quicksilver.node.queue.QueueDirectory;
import org.quicksilver.transaction.NodeId;

/** Answers {@code queues}. Node thread only. */
final class QueueRequests {

  private final Queues queues;
  private final JvmTable jvms;

  QueueRequests(Queues queues, JvmTable jvms) {
    this.queues = queues;
    this.jvms = jvms;
  }

  /** Each queue that is offered or sought here, with its offers. */
  List<Map<String, Object>> queues() {
    QueueDirectory directory = queues.directory();
    List<OfferView> views = directory.views();
    Set<String> names = new TreeSet<>(directory.sought());
    views.forEach(view -> names.add(view.queue()));
    List<Map<String, Object>> all = new ArrayList<>();
    for (String name : names) {
      all.add(queue(name, views.stream().filter(v -> v.queue().equals(name)).toList()));
    }
    return all;
  }

  private Map<String, Object> queue(String name, List<OfferView> views) {
    List<Map<String, Object>> offers = new ArrayList<>();
    views.forEach(view -> offers.add(offer(view)));
    queues.directory().elsewhere(name).forEach(place -> offers.add(elsewhere(place)));
    Map<String, Object> queue = new LinkedHashMap<>();
    queue.put("queue", name);
    queue.put("recoverable", views.stream().anyMatch(view -> view.place().recoverable()));
    queue.put("clients", queues.directory().seekers(name));
    queue.put("depth", views.stream().mapToInt(view -> view.state().depth()).sum());
    queue.put("served", views.stream().mapToLong(view -> view.state().served()).sum());
    queue.put("failed", views.stream().mapToLong(view -> view.state().failed()).sum());
    queue.put("offers", offers);
    return queue;
  }

  private Map<String, Object> offer(OfferView view) {
    OfferState state = view.state();
    Jvm jvm = jvms.find(view.place().incarnation());
    Map<String, Object> offer = new LinkedHashMap<>();
    offer.put("node", new NodeId(view.place().node()).toString());
    offer.put("pid", jvm == null ? 0 : jvm.pid());
    offer.put("incarnation", Integer.toUnsignedLong(view.place().incarnation()));
    offer.put("depth", state.depth());
    offer.put("served", state.served());
    offer.put("failed", state.failed());
    offer.put("refusedFrames", queues.refused().of(view.place().incarnation()));
    offer.put("perSecond", state.perSecond());
    offer.put("medianMicros", state.medianMicros());
    offer.put("ninetyNinthMicros", state.ninetyNinthMicros());
    offer.put("longestMicros", state.longestMicros());
    offer.put("command", jvm == null ? "" : jvm.command());
    return offer;
  }

  private static Map<String, Object> elsewhere(Place place) {
    Map<String, Object> offer = new LinkedHashMap<>();
    offer.put("node", new NodeId(place.node()).toString());
    offer.put("incarnation", Integer.toUnsignedLong(place.incarnation()));
    return offer;
  }
}
