package org.quicksilver.node.queue;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quicksilver.comm.QueueMessage.Place;
import org.quicksilver.transaction.NodeId;

/**
 * A queue that somebody seeks.
 *
 * @param seekers processes of this node
 * @param asking other nodes
 * @param elsewhere where it is offered on other nodes
 */
record SoughtQueue(Set<Integer> seekers, Set<NodeId> asking, Map<NodeId, List<Place>> elsewhere) {

  SoughtQueue() {
    this(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>());
  }

  boolean isUnused() {
    return seekers.isEmpty() && asking.isEmpty() && elsewhere.isEmpty();
  }
}
