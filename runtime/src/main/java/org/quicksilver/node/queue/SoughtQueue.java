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
 * @param asking other nodes, with the rounds of their questions
 * @param elsewhere where it is offered on other nodes
 * @param answers number of the newest answer of each of these
 */
record SoughtQueue(
    Set<Integer> seekers,
    Map<NodeId, Long> asking,
    Map<NodeId, List<Place>> elsewhere,
    Map<NodeId, Long> answers) {

  SoughtQueue() {
    this(
        new LinkedHashSet<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  boolean isUnused() {
    return seekers.isEmpty() && asking.isEmpty() && elsewhere.isEmpty();
  }
}
