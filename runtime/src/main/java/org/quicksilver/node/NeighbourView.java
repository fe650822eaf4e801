package org.quicksilver.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.quicksilver.transaction.NodeId;

/**
 * A link to another node as commands see it.
 *
 * @param node the other node; empty if nobody has answered at that address yet
 * @param incarnation its life, unsigned; 0 if nobody has answered
 * @param address what this node dials; empty if the other one dials
 * @param state linked; broken, while the session waits for the next connection; or none
 * @param ageMillis age of the session
 * @param silentMillis how long nothing has been heard
 * @param sent words sent in this session
 * @param received words received in it
 * @param resent words that were sent again over a later connection
 * @param unacknowledged words sent of which the other side has not said that it has them
 */
record NeighbourView(
    String node,
    long incarnation,
    String address,
    String state,
    long ageMillis,
    long silentMillis,
    long sent,
    long received,
    long resent,
    int unacknowledged) {

  /** All sessions, and after them what is dialled in vain. */
  static List<NeighbourView> of(Map<NodeId, Neighbour> sessions, List<Dial> dials, long nowNanos) {
    Map<NodeId, String> addresses = new HashMap<>();
    List<NeighbourView> missing = new ArrayList<>();
    for (Dial dial : dials) {
      NodeId node = dial.node();
      if (node != null && sessions.containsKey(node)) {
        addresses.put(node, dial.address().toString());
      } else {
        missing.add(none(dial.address()));
      }
    }
    Stream<NeighbourView> linked =
        sessions.entrySet().stream()
            .map(each -> each.getValue().view(addresses.getOrDefault(each.getKey(), ""), nowNanos));
    return Stream.concat(linked, missing.stream()).toList();
  }

  private static NeighbourView none(PeerAddress address) {
    return new NeighbourView("", 0, address.toString(), "none", 0, 0, 0, 0, 0, 0);
  }
}
