package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quicksilver.node.TransactionTable.Known;
import org.quicksilver.transaction.Authority;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Ownership;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Progress;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.RootPhase;
import org.quicksilver.transaction.RootTransaction;
import org.quicksilver.transaction.SubordinatePhase;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;
import org.quicksilver.transaction.Vote;

/** What is stored comes back as it was; what is no such thing is refused. */
class TransactionImageTest {

  private static final NodeParticipant ABOVE = new NodeParticipant(new NodeId(-5), -7);
  private static final NodeParticipant ASIDE = new NodeParticipant(new NodeId(6), 8);

  private static final Role SUBORDINATE =
      new Role.Subordinate(
          SubordinatePhase.PREPARED,
          ABOVE,
          List.of(ASIDE),
          new NodeId(9),
          3,
          List.of(ASIDE, ABOVE),
          List.of(ABOVE),
          true,
          Authority.COORDINATOR);

  private static final Ownership OWNERSHIP =
      new Ownership(new ProcessParticipant(4), Set.of(11L, -12L), true, 2, true, 5, ASIDE);

  private static Known known(Role role, Ownership ownership) {
    Map<ParticipantId, Participant> all = new LinkedHashMap<>();
    for (Participant each :
        List.of(
            new Participant(
                new ProcessParticipant(2, 3),
                ParticipationClass.ONE_PHASE_STANDARD,
                DeathEffect.TERMINATE,
                Progress.ENDING,
                null,
                1,
                false),
            new Participant(
                ASIDE,
                ParticipationClass.TWO_PHASE,
                DeathEffect.FAIL,
                Progress.VOTED,
                Vote.RECOVERABLE,
                2,
                true))) {
      all.put(each.id(), each);
    }
    TransactionState state =
        new TransactionState(
            new TransactionId(-1, -2, 3),
            role,
            all,
            List.of("first", "zweiter Grund: \u00fc"),
            Outcome.ABORTED,
            ownership);
    return new Known(state, Milestones.stored(17, 18), 19);
  }

  @Test
  void subordinateComesBackAsItWas() {
    Known known = known(SUBORDINATE, OWNERSHIP);
    assertEquals(known, TransactionImage.read(TransactionImage.write(known)));
  }

  @Test
  void rootComesBackAsItWas() {
    Known own = known(new Role.Root(RootPhase.ABORTING), Ownership.of(4));
    Known replicated = known(new Role.Root(RootPhase.ABORTING, new NodeId(5)), Ownership.ELSEWHERE);
    assertEquals(own, TransactionImage.read(TransactionImage.write(own)));
    assertEquals(replicated, TransactionImage.read(TransactionImage.write(replicated)));
  }

  @Test
  void ofAnEndlessReasonTheBeginningIsKept() {
    TransactionState begun = RootTransaction.begin(new TransactionId(1, 2, 3), 2).state();
    TransactionState failed =
        new TransactionState(
            begun.tid(),
            begun.role(),
            begun.participants(),
            List.of("x".repeat(1 << 20)),
            null,
            begun.ownership());
    byte[] bytes = TransactionImage.write(new Known(failed, Milestones.UNKNOWN, 0));
    TransactionState read = TransactionImage.read(bytes).state();
    assertEquals(List.of("x".repeat(500)), read.failures());
  }

  @Test
  void halfATransactionIsNone() {
    byte[] whole = TransactionImage.write(known(SUBORDINATE, OWNERSHIP));
    for (int length = 0; length < whole.length; length++) {
      byte[] half = Arrays.copyOf(whole, length);
      assertThrows(
          IllegalArgumentException.class, () -> TransactionImage.read(half), "length " + length);
    }
  }

  @Test
  void anotherVersionIsRefused() {
    byte[] other = TransactionImage.write(known(SUBORDINATE, OWNERSHIP));
    other[0]++;
    assertThrows(IllegalArgumentException.class, () -> TransactionImage.read(other));
  }
}
