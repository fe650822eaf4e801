package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.transaction.Run.node;
import static org.quicksilver.transaction.Run.process;
import static org.quicksilver.transaction.Run.standard;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whom a node listens to, and how long it remembers. */
final class FenceTest {
  private static final NodeParticipant LATER = new NodeParticipant(node(7).node(), 2);

  @Test
  void anEarlierLifeIsNotHeardOnceALaterOneHasIntroducedItself() {
    Fence fence = Fence.OPEN.onIntroduced(LATER);
    assertFalse(fence.admits(node(7)));
    assertTrue(fence.admits(LATER));
    assertEquals(fence, fence.onIntroduced(node(7)));
  }

  @Test
  void whoWasDeclaredDeadIsNotHeardUntilItComesBackAsALaterLife() {
    Fence fence = Fence.OPEN.onIntroduced(node(7)).onDeclaredDead(node(7));
    assertFalse(fence.admits(node(7)));
    assertFalse(fence.onIntroduced(node(7)).admits(node(7)));
    assertTrue(fence.onIntroduced(LATER).admits(LATER));
  }

  @Test
  void aProcessDeclaredDeadStaysDead() {
    Fence fence = Fence.OPEN.onDeclaredDead(process(2));
    assertFalse(fence.admits(process(2)));
    assertTrue(fence.admits(process(3)));
  }

  @Test
  void incarnationsAreUnsigned() {
    NodeParticipant old = new NodeParticipant(new NodeId(7), Integer.MAX_VALUE);
    Fence fence = Fence.OPEN.onIntroduced(new NodeParticipant(new NodeId(7), Integer.MIN_VALUE));
    assertFalse(fence.admits(old));
  }

  @Test
  void aTombstoneIsKeptForTwiceTheTimeAfterWhichALinkIsDead() {
    Duration linkDeath = Duration.ofSeconds(10);
    TransactionState ended = Run.root().ownerCommits().state();
    assertFalse(Tombstones.mayDrop(ended, Duration.ofSeconds(19), linkDeath));
    assertTrue(Tombstones.mayDrop(ended, Duration.ofSeconds(20), linkDeath));
    TransactionState open = Run.root(standard(2)).state();
    assertFalse(Tombstones.mayDrop(open, Duration.ofDays(1), linkDeath));
  }
}
