package org.quicksilver.agent.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.transaction.TransactionId;

/** Which handle is of which object. */
@Timeout(60)
final class ObjectTableTest {

  /** All parts have grown several times by then. */
  private static final int MANY = 50_000;

  private static final Branch PROCESS =
      new Branch(Branch.Origin.PROCESS, new TransactionId(1, 1, 1));

  private final ObjectTable table = new ObjectTable();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  private ObjectHandle handle(Object object) {
    Handle.Opening opening =
        new Handle.Opening(
            HandleKind.LOCK, false, object, new byte[0], 0, PROCESS, 0, new byte[0], "", null);
    return new ObjectHandle(opening, null, collected);
  }

  private Set<ObjectHandle> all() {
    Set<ObjectHandle> all = Collections.newSetFromMap(new IdentityHashMap<>());
    table.forEach(handle -> assertTrue(all.add(handle), "met twice"));
    return all;
  }

  @Test
  void handleIsFoundByItsObjectUntilItIsTakenOut() {
    Object object = new Object();
    ObjectHandle handle = handle(object);
    assertNull(table.find(object));
    assertFalse(table.remove(handle));
    table.put(handle);
    assertSame(handle, table.find(object));
    assertTrue(table.remove(handle));
    assertNull(table.find(object));
    assertFalse(table.remove(handle));
    assertEquals(Set.of(), all());
  }

  @Test
  void equalObjectsAreApart() {
    String one = new String("same");
    String other = new String("same");
    ObjectHandle handle = handle(one);
    table.put(handle);
    assertNull(table.find(other));
    assertSame(handle, table.find(one));
  }

  @Test
  void twoOfOneObjectLeaveOneAfterTheOther() {
    Object object = new Object();
    ObjectHandle first = handle(object);
    ObjectHandle second = handle(object);
    table.put(first);
    table.put(second);
    assertEquals(Set.of(first, second), all());
    assertTrue(table.remove(first));
    assertSame(second, table.find(object));
    assertTrue(table.remove(second));
    assertNull(table.find(object));
  }

  @Test
  void handleWhoseObjectIsGoneIsTakenOutAllTheSame() {
    ObjectHandle handle = handle(new Object());
    table.put(handle);
    handle.clear();
    assertEquals(Set.of(handle), all());
    assertTrue(table.remove(handle));
    assertEquals(Set.of(), all());
  }

  /** Against a table that is right beyond doubt. */
  @Test
  void whateverComesAndGoesTheOthersAreFound() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Object> objects = new ArrayList<>();
    IdentityHashMap<Object, ObjectHandle> expected = new IdentityHashMap<>();
    for (int i = 0; i < 8 * MANY; i++) {
      boolean growing = i < 2 * MANY || i / MANY % 2 == 0;
      if (objects.isEmpty() || random.nextInt(10) < (growing ? 7 : 2)) {
        Object object = new Object();
        ObjectHandle handle = handle(object);
        table.put(handle);
        objects.add(object);
        expected.put(object, handle);
      } else {
        int which = random.nextInt(objects.size());
        Object object = objects.get(which);
        objects.set(which, objects.get(objects.size() - 1));
        objects.remove(objects.size() - 1);
        assertTrue(table.remove(expected.remove(object)), () -> "seed " + seed);
        assertNull(table.find(object), () -> "seed " + seed);
      }
    }
    expected.forEach(
        (object, handle) -> assertSame(handle, table.find(object), () -> "seed " + seed));
    assertEquals(expected.size(), all().size(), () -> "seed " + seed);
  }

  @Test
  void eachThatStaysIsMetOnceWhileOthersAreTakenOut() {
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Object object = new Object();
      kept.add(object);
      table.put(handle(object));
    }
    Set<ObjectHandle> met = Collections.newSetFromMap(new IdentityHashMap<>());
    table.forEach(
        handle -> {
          assertTrue(met.add(handle));
          assertTrue(table.remove(handle));
        });
    assertEquals(MANY, met.size());
    assertEquals(Set.of(), all());
    kept.forEach(object -> assertNull(table.find(object)));
  }

  @Test
  void threadsDoNotLoseEachOthersHandles() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<List<Object>>> done = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      done.add(threads.submit(this::everyOtherOfMany));
    }
    List<Object> kept = new ArrayList<>();
    for (Future<List<Object>> each : done) {
      kept.addAll(each.get());
    }
    threads.shutdown();
    assertEquals(kept.size(), all().size());
    for (Object object : kept) {
      assertSame(object, table.find(object).get());
    }
  }

  private List<Object> everyOtherOfMany() {
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Object object = new Object();
      ObjectHandle handle = handle(object);
      table.put(handle);
      assertSame(handle, table.find(object));
      if (i % 2 == 0) {
        kept.add(object);
      } else {
        assertTrue(table.remove(handle));
      }
    }
    return kept;
  }
}
