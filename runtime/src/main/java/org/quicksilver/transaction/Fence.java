package org.quicksilver.transaction;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whom this node listens to. One that was declared dead is heard no more, however alive it may be:
 * it is answered {@link Message.Fenced} and has to come back as a later incarnation. Immutable;
 * must survive the process.
 *
 * <p>Source: transaction-manager.md, "Messages" (messages of an older incarnation are dropped),
 * hazard 3 (slow is not dead); S9, L5.
 *
 * @param latest the latest incarnation heard of each node
 * @param declaredDead incarnations declared dead, of nodes and of processes
 */
public record Fence(Map<NodeId, Integer> latest, Set<ParticipantId> declaredDead) {

  /** Listens to everybody. */
  public static final Fence OPEN = new Fence(Map.of(), Set.of());

  /** Copies the collections. */
  public Fence {
    latest = Map.copyOf(latest);
    declaredDead = Set.copyOf(declaredDead);
  }

  /** Whether a message of this one counts; otherwise it changes nothing. */
  public boolean admits(ParticipantId from) {
    return !declaredDead.contains(from)
        && !(from instanceof NodeParticipant node && isOutdated(node));
  }

  private boolean isOutdated(NodeParticipant node) {
    Integer known = latest.get(node.node());
    return known != null && Integer.compareUnsigned(node.incarnation(), known) < 0;
  }

  /** A node has introduced itself on a new link; its earlier lives are over. */
  public Fence onIntroduced(NodeParticipant node) {
    if (!admits(node)) {
      return this;
    }
    Map<NodeId, Integer> next = new HashMap<>(latest);
    next.put(node.node(), node.incarnation());
    Set<ParticipantId> dead = new HashSet<>(declaredDead);
    dead.removeIf(each -> each instanceof NodeParticipant old && old.isOlderThan(node));
    return new Fence(next, dead);
  }

  /** This incarnation is taken for dead; whoever bears it has to be refused from now on. */
  public Fence onDeclaredDead(ParticipantId id) {
    Set<ParticipantId> next = new HashSet<>(declaredDead);
    next.add(id);
    return new Fence(latest, next);
  }
}
