package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.quicksilver.handle.Seed;

final class ParticipantsTest {

  /** Names of which many have the same hash. */
  private static ParticipantId name(Random random, int names) {
    int number = random.nextInt(names);
    return random.nextBoolean()
        ? new ProcessParticipant(number, 31 * random.nextInt(3))
        : new NodeParticipant(new NodeId(1 + number), random.nextInt(2));
  }

  private static Participant draw(Random random, ParticipantId id) {
    ParticipationClass[] classes = ParticipationClass.values();
    Vote[] votes = Vote.values();
    int vote = random.nextInt(votes.length + 1);
    return new Participant(
        id,
        id instanceof NodeParticipant
            ? ParticipationClass.TWO_PHASE
            : classes[random.nextInt(classes.length)],
        DeathEffect.FAIL,
        Progress.values()[random.nextInt(Progress.values().length)],
        vote == votes.length ? null : votes[vote],
        random.nextInt(3),
        random.nextBoolean());
  }

  @Test
  void areWhatAMapInOrderOfJoiningWouldBe() {
    for (int run = 0; run < 60; run++) {
      int names = 1 + run * 5;
      Seed.run(random -> compare(random, names));
    }
  }

  private static void compare(Random random, int names) {
    Participants all = Participants.of(Map.of());
    Map<ParticipantId, Participant> expected = new LinkedHashMap<>();
    List<Participants> earlier = new ArrayList<>();
    List<Map<ParticipantId, Participant>> earlierExpected = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      ParticipantId id = name(random, names);
      if (random.nextInt(step < 200 ? 6 : 2) == 0) {
        all = all.without(id);
        expected.remove(id);
      } else {
        Participant participant = draw(random, id);
        all = all.with(participant);
        expected.put(id, participant);
      }
      if (step % 50 == 0) {
        all = all.mapped(each -> draw(new Random(each.id().hashCode()), each.id()));
        expected.replaceAll((key, old) -> draw(new Random(key.hashCode()), key));
        earlier.add(all);
        earlierExpected.add(new LinkedHashMap<>(expected));
      }
      check(expected, all);
    }
    assertEquals(earlierExpected, earlier, "what was, has changed");
  }

  private static void check(Map<ParticipantId, Participant> expected, Participants all) {
    assertEquals(List.copyOf(expected.values()), List.copyOf(all.values()));
    assertEquals(expected, all);
    assertEquals(expected.size(), all.size());
    expected.forEach((id, participant) -> assertEquals(participant, all.find(id)));
    for (Trait trait : Trait.values()) {
      boolean any =
          expected.values().stream().anyMatch(each -> (Trait.bitsOf(each) & trait.bit()) != 0);
      assertEquals(any, trait.isIn(all.traits()), trait::name);
    }
  }

  @Test
  void traitsOfTheDelayedAreNotThoseOfTheOthers() {
    Participant early = Run.standard(1);
    Participant late = Run.delayed(2);
    assertEquals(
        Trait.EARLY_UNTOLD.bit() | Trait.EARLY_OPEN.bit() | Trait.EARLY_AWAITED.bit(),
        Trait.bitsOf(early));
    assertEquals(
        Trait.DELAYED_UNTOLD.bit() | Trait.DELAYED_OPEN.bit() | Trait.DELAYED_AWAITED.bit(),
        Trait.bitsOf(late));
    assertEquals(0, Trait.bitsOf(late.advancedTo(Progress.ENDED)));
    assertEquals(
        Trait.EARLY_OPEN.bit(), Trait.bitsOf(early.advancedTo(Progress.ENDING).reachable(false)));
  }

  @Test
  void cannotBeChangedFromOutside() {
    Map<ParticipantId, Participant> all = Run.root(Run.standard(1)).state().participants();
    assertThrows(UnsupportedOperationException.class, () -> all.remove(Run.process(1)));
    assertThrows(UnsupportedOperationException.class, () -> all.clear());
    assertTrue(all.containsKey(Run.process(1)));
  }

  @Test
  void tenThousandSubordinatesVoteAndEnd() {
    int many = 10_000;
    Participant[] below = new Participant[many];
    for (int i = 0; i < many; i++) {
      below[i] = Participant.joining(new NodeParticipant(new NodeId(i + 1), 1));
    }
    Run run = Run.root(below).ownerCommits();
    assertEquals(many + 1, run.actions().size(), "requests and a timer");
    for (Participant each : below) {
      run.vote(each.id(), Vote.VOLATILE);
    }
    assertEquals(RootPhase.COMMITTING, run.phase());
    for (Participant each : below) {
      run.ack(each.id());
    }
    assertEquals(RootPhase.ENDED, run.phase());
  }

  @Test
  void failuresAreKeptUpToABound() {
    Run run = Run.root();
    for (int i = 0; i < 1_000; i++) {
      String reason = "reason " + i;
      run.on(now -> RootTransaction.fail(now, reason, false));
    }
    assertEquals(TransactionState.MOST_FAILURES, run.state().failures().size());
    assertEquals("reason 0", run.state().failures().get(0));
  }
}
