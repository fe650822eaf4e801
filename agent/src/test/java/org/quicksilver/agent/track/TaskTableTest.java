package org.quicksilver.agent.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.transaction.TransactionId;

/** Whose tasks are whose. */
@Timeout(60)
final class TaskTableTest {

  /** Many more than there are places beside one another. */
  private static final int MANY = 20_000;

  private final TaskTable table = new TaskTable();

  private static Branch branch(long number) {
    return new Branch(Branch.Origin.ACCEPTED, new TransactionId(1, 1, number));
  }

  @Test
  void taskIsTakenOnce() {
    Object task = new Object();
    Branch branch = branch(1);
    assertNull(table.take(task));
    table.put(task, branch);
    assertSame(branch, table.find(task));
    assertSame(branch, table.find(task));
    assertSame(branch, table.take(task));
    assertNull(table.find(task));
    assertNull(table.take(task));
  }

  @Test
  void taskThatIsHandedOverThreeTimesIsTakenThreeTimes() {
    Object task = new Object();
    Branch branch = branch(1);
    for (int i = 0; i < 3; i++) {
      table.add(task, branch);
    }
    for (int i = 0; i < 3; i++) {
      assertSame(branch, table.take(task));
    }
    assertNull(table.find(task));
    assertNull(table.take(task));
  }

  @Test
  void threadsThatTakeOneTaskTakeItAsOftenAsItWasHandedOver() throws Exception {
    Object task = new Object();
    Branch branch = branch(1);
    table.add(task, branch);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Integer>> taken = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      taken.add(
          threads.submit(
              () -> {
                int own = 0;
                for (int i = 0; i < MANY; i++) {
                  table.add(task, branch);
                  own += table.take(task) == branch ? 1 : 0;
                }
                return own;
              }));
    }
    for (Future<Integer> each : taken) {
      assertEquals(MANY, each.get());
    }
    threads.shutdown();
    assertSame(branch, table.take(task));
    assertNull(table.take(task));
  }

  @Test
  void taskThatTwoHandOverIsTakenForEach() {
    Object task = new Object();
    Branch first = branch(1);
    Branch second = branch(2);
    table.add(task, first);
    table.add(task, second);
    table.add(task, first);
    List<Branch> taken = new ArrayList<>();
    for (Branch next = table.take(task); next != null; next = table.take(task)) {
      taken.add(next);
    }
    assertEquals(3, taken.size());
    assertEquals(2, Collections.frequency(taken, first));
    assertEquals(1, Collections.frequency(taken, second));
  }

  @Test
  void laterWordCounts() {
    List<Object> tasks = fill(branch(1));
    Branch second = branch(2);
    tasks.forEach(task -> table.put(task, second));
    for (Object task : tasks) {
      assertSame(second, table.take(task));
      assertNull(table.take(task));
    }
  }

  @Test
  void sameWordAgainCountsOnceWhereverThereIsAPlaceByThen() {
    Branch branch = branch(1);
    List<Object> tasks = fill(branch);
    List<Object> waiting = tasks.subList(MANY / 2, MANY);
    tasks.subList(0, MANY / 2).forEach(task -> assertSame(branch, table.take(task)));
    waiting.forEach(task -> table.put(task, branch));
    for (Object task : waiting) {
      assertSame(branch, table.take(task));
      assertNull(table.take(task));
    }
  }

  private List<Object> fill(Branch branch) {
    List<Object> tasks = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Object task = new Object();
      tasks.add(task);
      table.put(task, branch);
    }
    return tasks;
  }

  @Test
  void eachOfManyIsKeptApart() {
    List<Object> tasks = new ArrayList<>();
    List<Branch> branches = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      tasks.add(new Object());
      branches.add(branch(i + 2));
      table.put(tasks.get(i), branches.get(i));
    }
    for (int i = MANY - 1; i >= 0; i--) {
      assertSame(branches.get(i), table.take(tasks.get(i)));
    }
  }

  @Test
  void taskThatIsDroppedIsNotKeptAlive() throws InterruptedException {
    List<WeakReference<Object>> dropped = fill(branch(1)).stream().map(WeakReference::new).toList();
    for (WeakReference<Object> task : dropped) {
      while (!task.refersTo(null)) {
        System.gc();
        Thread.sleep(1);
      }
    }
    Object next = new Object();
    Branch branch = branch(2);
    table.put(next, branch);
    assertSame(branch, table.take(next));
  }

  @Test
  void threadsThatHandTasksOverDoNotConfuseThem() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> done = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      Branch branch = branch(thread + 2);
      done.add(
          threads.submit(
              () -> {
                for (int i = 0; i < MANY; i++) {
                  Object task = new Object();
                  table.put(task, branch);
                  assertSame(branch, table.take(task));
                }
              }));
    }
    for (Future<?> each : done) {
      each.get();
    }
    threads.shutdown();
  }
}
