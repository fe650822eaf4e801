package org.quicksilver.node;

import java.util.LinkedHashMap;
import java.util.Map;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.transaction.Fence;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;

/**
 * Which life of each other node counts. Node thread only; survives the process.
 *
 * <p>Source: transaction-manager.md, hazard 3, S9.
 */
final class FenceTable {

  private static final String PREFIX = "fence ";

  private record Latest(String node, int incarnation) {}

  private final Ledger ledger;
  private Fence fence = Fence.OPEN;

  FenceTable(Ledger ledger) {
    this.ledger = ledger;
  }

  void load() {
    Map<NodeId, Integer> latest = new LinkedHashMap<>();
    ledger.forEach(
        Section.META,
        PREFIX,
        Latest.class,
        (key, stored) ->
            latest.put(
                new NodeId(Long.parseUnsignedLong(stored.node(), 16)), stored.incarnation()));
    fence = new Fence(latest, fence.declaredDead());
  }

  Fence fence() {
    return fence;
  }

  /** That life counts, earlier ones no more. */
  void introduced(NodeParticipant node) {
    Fence next = fence.onIntroduced(node);
    if (!next.equals(fence)) {
      fence = next;
      String name = node.node().toString();
      ledger.put(Section.META, PREFIX + name, new Latest(name, node.incarnation()));
    }
  }
}
