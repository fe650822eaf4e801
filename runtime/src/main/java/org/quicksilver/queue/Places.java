package org.quicksilver.queue;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.QueueMessage.Place;

/**
 * Where a queue is served, with the links there; the least busy server is asked next. Immutable but
 * for who was asked last.
 */
final class Places {

  static final Places NONE = new Places(List.of(), new ServerLink[0]);

  private final List<Place> places;
  private final ServerLink[] links;
  private volatile int last;

  Places(List<Place> places, ServerLink[] links) {
    this.places = places;
    this.links = links;
    this.last = links.length == 0 ? 0 : ThreadLocalRandom.current().nextInt(links.length);
  }

  boolean isEmpty() {
    return links.length == 0;
  }

  /**
   * Index of the least busy; among equally busy ones it is the one that was asked last. To ask
   * another one each time would find every one of them asleep.
   */
  int choose() {
    int best = last;
    int least = links[best].load();
    for (int i = 1; i < links.length && least > 0; i++) {
      int next = (last + i) % links.length;
      int load = links[next].load();
      if (load < least) {
        best = next;
        least = load;
      }
    }
    last = best;
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

  boolean contains(ServerLink link) {
    return List.of(links).contains(link);
  }

  List<Place> all() {
    return places;
  }
}
