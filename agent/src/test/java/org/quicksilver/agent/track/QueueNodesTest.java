package org.quicksilver.agent.track;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.quicksilver.transaction.TransactionId;

/** Nodes of the JDK's own queue that say for whom their element is. */
final class QueueNodesTest {

  private static final Branch BRANCH =
      new Branch(Branch.Origin.ACCEPTED, new TransactionId(1, 1, 2));

  private final Runnable task = () -> {};

  /** The last node of a queue with that element. */
  private static Object node(Object element) throws ReflectiveOperationException {
    LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>(List.of(element));
    Field last = LinkedBlockingQueue.class.getDeclaredField("last");
    last.setAccessible(true);
    return last.get(queue);
  }

  @Test
  void queueKeepsAMarkedNodeAsItsOwn() throws ReflectiveOperationException {
    LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>(List.of("first"));
    Object before = node(task);
    Object marked = QueueNodes.marked(before, BRANCH);
    assertNotSame(before, marked);
    Method enqueue =
        LinkedBlockingQueue.class.getDeclaredMethod("enqueue", marked.getClass().getSuperclass());
    enqueue.setAccessible(true);
    enqueue.invoke(queue, marked);
    assertTrue(queue.contains(task));
    assertTrue(queue.remove(task));
    assertFalse(queue.contains(task));
    assertTrue(queue.contains("first"));
  }

  @Test
  void markIsTakenOnce() throws ReflectiveOperationException {
    Object marked = QueueNodes.marked(node(task), BRANCH);
    assertSame(BRANCH, QueueNodes.take(marked));
    assertNull(QueueNodes.take(marked));
    assertNull(QueueNodes.take(node(task)));
  }

  @Test
  void tasksAreWhatIsStillToBeDone() {
    assertTrue(QueueNodes.isTask(task));
    assertTrue(QueueNodes.isTask((Callable<Integer>) () -> 1));
    assertFalse(QueueNodes.isTask("data"));
    assertFalse(QueueNodes.isTask(null));
    assertFalse(QueueNodes.isTask(new Thread(task)));
    FutureTask<Integer> future = new FutureTask<>(() -> 1);
    assertTrue(QueueNodes.isTask(future));
    future.run();
    assertFalse(QueueNodes.isTask(future));
  }
}
