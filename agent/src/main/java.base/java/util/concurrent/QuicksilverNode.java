package java.util.concurrent;

/**
 * An element of a {@link LinkedBlockingQueue} that says for whom it was put there: the queue's own
 * node with one field more. So a task carries its transaction with it, wherever it is when it is
 * taken up, and nothing is to be looked up or forgotten.
 *
 * <p>Compiled as a part of {@code java.base}, and defined there by the agent when the first element
 * is handed over for a transaction.
 */
final class QuicksilverNode extends LinkedBlockingQueue.Node<Object> {

  /** For whom; null once it has been taken. Guarded by the queue's locks, as the element is. */
  Object mark;

  QuicksilverNode(Object item, Object mark) {
    super(item);
    this.mark = mark;
  }
}
