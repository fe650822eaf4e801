package org.quicksilver.agent.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.transaction.TransactionId;

/** Which handle has which descriptor. */
final class DescriptorTableTest {

  /** Several chunks, the last not full. */
  private static final int MANY = 5_000;

  private static final Branch PROCESS =
      new Branch(Branch.Origin.PROCESS, new TransactionId(1, 1, 1));

  private final DescriptorTable table = new DescriptorTable();

  private static Handle handle(int descriptor) {
    Handle.Opening opening =
        new Handle.Opening(
            HandleKind.FILE,
            false,
            new Object(),
            new byte[0],
            0,
            PROCESS,
            0,
            new byte[0],
            "",
            null);
    return new Handle(opening, null, descriptor, new ReferenceQueue<>());
  }

  @Test
  void everyDescriptorHasAPlaceOfItsOwn() {
    Handle[] handles = IntStream.range(0, MANY).mapToObj(i -> handle(i)).toArray(Handle[]::new);
    for (int i = 0; i < MANY; i++) {
      assertNull(table.get(i));
      assertNull(table.put(i, handles[i]));
    }
    for (int i = 0; i < MANY; i++) {
      assertSame(handles[i], table.get(i));
    }
    assertNull(table.get(MANY));
    Set<Handle> met = new HashSet<>();
    table.forEach(handle -> assertTrue(met.add(handle), "met twice"));
    assertEquals(Set.of(handles), met);
  }

  @Test
  void handleIsTakenOutOnceAndOnlyIfItIsThere() {
    Handle first = handle(7);
    Handle second = handle(7);
    assertNull(table.put(7, first));
    assertSame(first, table.put(7, second), "was closed unseen");
    assertFalse(table.remove(7, first));
    assertSame(second, table.get(7));
    assertTrue(table.remove(7, second));
    assertFalse(table.remove(7, second));
    assertNull(table.get(7));
  }

  @Test
  void whatIsNoDescriptorOrFarBeyondAllDoesNotFit() {
    assertFalse(DescriptorTable.fits(-1));
    assertTrue(DescriptorTable.fits(1_000_000));
    assertFalse(DescriptorTable.fits(Integer.MAX_VALUE));
  }
}
