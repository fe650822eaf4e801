package org.quicksilver.node.queue;

import org.quicksilver.comm.QueueMessage.OfferState;
import org.quicksilver.comm.QueueMessage.Place;

/**
 * An offer as people see it.
 *
 * @param state as its process said last: at most a second old
 */
public record OfferView(String queue, Place place, OfferState state) {}
