package org.quicksilver.node.queue;

import org.quicksilver.comm.QueueMessage.OfferState;
import org.quicksilver.comm.QueueMessage.Place;

/** One offer of a process of this node, and how it said that it was doing. */
final class LocalOffer {

  private final String queue;
  private final Place place;
  private OfferState state;

  LocalOffer(String queue, Place place) {
    this.queue = queue;
    this.place = place;
    this.state = new OfferState(place.number(), 0, 0, 0, 0, 0, 0, 0);
  }

  String queue() {
    return queue;
  }

  Place place() {
    return place;
  }

  void state(OfferState now) {
    state = now;
  }

  OfferView view() {
    return new OfferView(queue, place, state);
  }
}
