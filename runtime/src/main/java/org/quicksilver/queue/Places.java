package org.quicksilver.queue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.QueueMessage.Place;

/**
 * Where a queue is served, with the links there; the least busy server is asked next. Immutable but
 * for whose turn it is.
 */
final class Places {

  static final Places NONE = new Places(List.of(), new ServerLink[0]);

  private final List<Place> places;
  private final ServerLink[] links;
  private final AtomicInteger turn = new AtomicInteger();

  Places(List<Place> places, ServerLink[] links) {
    this.places = places;
    this.links = links;
  }

  boolean isEmpty() {
    return links.length == 0;
  }

  /** Index of the least busy; equally busy ones take turns. */
  int choose() {
    if (links.length == 1) {
      return 0;
    }
    int first = Math.floorMod(turn.getAndIncrement(), links.length);
    int best = first;
    for (int i = 1; i < links.length; i++) {
      int next = (first + i) % links.length;
      if (links[next].load() < links[best].load()) {
        best = next;
      }
    }
    return best;
  }

  Place place(int index) {
    return places.get(index);
  }

  ServerLink link(int index) {
    return links[index];
  }

  /** The offer at a server. */
  @Nullable Place at(ProcessName server) {
    for (Place place : places) {
      if (place.node() == server.node() && place.incarnation() == server.incarnation()) {
        return place;
      }
    }
    return null;
  }

  List<Place> all() {
    return places;
  }
}
