package org.quicksilver.memory.lrvm;

/**
 * Where the log begins and ends, and what is kept free. Used under the lock of {@link CommitLog}.
 *
 * <p>For each undecided transaction twice its size is kept free: recovery or a truncation copies it
 * to the end of the log, and may have to do so once more if a crash comes between.
 */
final class LogSpace {

  private static final int COPIES = 2;

  private final long capacity;
  private long head;
  private long tail;
  private long clean;
  private long undecided;
  private int transactions;

  LogSpace(long capacity, long head, long tail, long clean) {
    this.capacity = capacity;
    this.head = head;
    this.tail = tail;
    this.clean = clean;
  }

  long capacity() {
    return capacity;
  }

  long head() {
    return head;
  }

  long tail() {
    return tail;
  }

  long clean() {
    return clean;
  }

  long used() {
    return tail - head;
  }

  /** How many transactions are undecided. */
  int undecided() {
    return transactions;
  }

  /** What a truncation could give back. */
  long decided() {
    return used() - undecided;
  }

  /** Whether a record finds room now, without what is kept free. */
  boolean fits(long size) {
    return tail + size + COPIES * undecided <= head + capacity && tail + size <= clean;
  }

  /** Whether a record could find room in a log that holds nothing but undecided transactions. */
  boolean canFit(long size) {
    return size + (COPIES + 1) * undecided <= capacity;
  }

  /** Whether a transaction of that size may be prepared: half of the log remains for the others. */
  boolean canPrepare(long size) {
    return (COPIES + 1) * (undecided + size) <= capacity / 2;
  }

  void append(long size) {
    tail += size;
  }

  void prepared(long size) {
    undecided += size;
    transactions++;
  }

  void decided(long size) {
    undecided -= size;
    transactions--;
  }

  void head(long lsn) {
    head = lsn;
  }

  void clean(long lsn) {
    clean = lsn;
  }
}
