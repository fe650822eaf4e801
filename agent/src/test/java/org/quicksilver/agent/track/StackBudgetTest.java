package org.quicksilver.agent.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.quicksilver.agent.Recorded;

/** A thread records stacks as long as it has time for them; what stands for the others says so. */
class StackBudgetTest {

  private static final int SHARE = 10;
  private static final long COST = 5_000;
  private static final long BETWEEN = 2_000;

  private final StackBudget budget = new StackBudget();
  private long now = System.nanoTime();

  /** Strongly, as a handle that is open does. */
  private final List<Throwable> kept = new ArrayList<>();

  private boolean open() {
    boolean own = budget.affords(SHARE, now);
    if (own) {
      now += COST;
      Throwable stack = new Throwable();
      kept.add(stack);
      budget.recorded(stack, now);
    }
    now += BETWEEN;
    return own;
  }

  @Test
  void manyInARowAreRecordedAtFirst() {
    for (int i = 0; i < 19_999; i++) {
      assertTrue(open());
      assertNull(budget.takeFormer());
    }
  }

  @Test
  void threadThatDoesNothingElseSpendsItsShare() {
    while (open()) {
      assertNull(budget.takeFormer());
    }
    long began = now;
    int own = 0;
    for (int i = 0; i < 10_000; i++) {
      boolean recorded = open();
      own += recorded ? 1 : 0;
      assertEquals(recorded, budget.takeFormer() == null);
    }
    double share = own * COST / (double) (now - began);
    assertEquals(SHARE / 100.0, share, 0.01);
  }

  @Test
  void threadThatHasRestedMayAgain() {
    while (open()) {
      assertNull(budget.takeFormer());
    }
    now += 1_000_000_000;
    for (int i = 0; i < 500; i++) {
      assertTrue(open());
    }
  }

  @Test
  void whatStandsForAStackIsTheLastOneAndSaysSo() {
    while (open()) {
      assertNull(budget.takeFormer());
    }
    Throwable last = kept.get(kept.size() - 1);
    FormerStack former = budget.takeFormer();
    assertNotNull(former);
    List<String> lines = Stacks.render(former).lines().toList();
    assertEquals(FormerStack.MARK, lines.get(0));
    assertEquals(Stacks.render(last).lines().toList(), lines.subList(1, lines.size()));
    assertNull(budget.takeFormer(), "for one handle");
  }

  @Test
  void equalOnesShareTheirTextButNotWithTheirOwn() {
    Recorded stack = Recorded.under(3);
    String former = new StackBatch().render(new FormerStack(stack));
    assertTrue(former == Stacks.render(new FormerStack(stack)), "one text");
    assertFalse(former.equals(Stacks.render(stack)));
  }
}
