package org.quicksilver.agent.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.agent.Recorded;

/** Equal stacks are rendered once, and no others. */
@Timeout(60)
final class StackBatchTest {

  private static final int DEPTHS = 150;

  private final StackBatch batch = new StackBatch();

  @Test
  void framesOfEqualStacksAreComputedOnce() {
    for (int depth : new int[] {1, 20, 100}) {
      String first = "";
      for (int i = 0; i < 10; i++) {
        Recorded recorded = Recorded.under(depth);
        String text = batch.render(recorded);
        assertEquals(i == 0, recorded.wasAsked());
        assertEquals(Stacks.render(recorded), text);
        assertTrue(i == 0 || text.equals(first));
        first = text;
      }
    }
  }

  /** The JVM keeps frames in groups of 32. */
  @Test
  void stacksOfEveryDepthAreApart() {
    Set<String> texts = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      for (int depth = 0; depth < DEPTHS; depth++) {
        Recorded recorded = Recorded.under(depth);
        String text = batch.render(recorded);
        assertEquals(round == 0, recorded.wasAsked());
        assertEquals(Stacks.render(recorded), text);
        List<String> frames = text.lines().toList();
        assertTrue(frames.get(0).startsWith("org.quicksilver.agent.Recorded.oneWay("), text);
        assertEquals(depth + 1, frames.stream().filter(f -> f.contains(".under(")).count());
        texts.add(text);
      }
    }
    assertEquals(DEPTHS, texts.size());
  }

  @Test
  void anotherMethodAndAnotherLineAreOtherStacks() {
    List<Recorded> recorded = new ArrayList<>();
    for (int depth : new int[] {0, 40}) {
      recorded.add(Recorded.under(depth));
      recorded.add(Recorded.underToo(depth));
      recorded.add(Recorded.under(depth));
    }
    recorded.addAll(List.of(Recorded.twoLines()));
    Set<String> texts = new HashSet<>();
    for (Recorded each : recorded) {
      String text = batch.render(each);
      assertTrue(each.wasAsked());
      assertEquals(Stacks.render(each), text);
      texts.add(text);
    }
    // What differs in a line of this test only is told alike: its frames are not shown.
    assertEquals(6, texts.size());
  }

  @Test
  void stackOfAnotherThreadIsAnotherOne() throws InterruptedException {
    Recorded[] elsewhere = new Recorded[1];
    Thread thread = new Thread(() -> elsewhere[0] = Recorded.under(3));
    thread.start();
    thread.join();
    Recorded here = Recorded.under(3);
    assertNotEquals(batch.render(here), batch.render(elsewhere[0]));
    assertEquals(Stacks.render(here), batch.render(here));
    assertEquals(Stacks.render(elsewhere[0]), batch.render(elsewhere[0]));
  }

  @Test
  void stackThatTheJvmDidNotRecordIsNone() {
    assertEquals("", batch.render(new Throwable(null, null, false, false) {}));
  }
}
