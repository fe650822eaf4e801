package org.quicksilver.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;

/** A list with a forced prefix. */
final class SimulatedLog implements LogPort {
  private final List<LogRecord> records = new ArrayList<>();
  private final Queue<Integer> orders = new ArrayDeque<>();
  private final boolean isHonest;
  private int durable;

  /**
   * Empty.
   *
   * @param isHonest whether what is reported as forced is
   */
  SimulatedLog(boolean isHonest) {
    this.isHonest = isHonest;
  }

  @Override
  public void append(LogRecord log) {
    records.add(log);
  }

  @Override
  public void force(LogRecord log) {
    records.add(log);
    orders.add(records.size());
  }

  @Override
  public Optional<LogRecord> completeForce() {
    Integer end = orders.poll();
    if (end == null) {
      return Optional.empty();
    }
    durable = isHonest ? Math.max(durable, end) : durable;
    return Optional.of(records.get(end - 1));
  }

  @Override
  public boolean isForcing() {
    return !orders.isEmpty();
  }

  @Override
  public List<LogRecord> records() {
    return List.copyOf(records);
  }

  @Override
  public boolean isDurable(LogRecord log) {
    return records.subList(0, durable).contains(log);
  }

  @Override
  public void onProcessDied() {
    orders.clear();
  }

  @Override
  public List<LogRecord> onPowerFailed(Random random) {
    orders.clear();
    int kept = durable + random.nextInt(records.size() - durable + 1);
    List<LogRecord> tail = records.subList(kept, records.size());
    List<LogRecord> lost = List.copyOf(tail);
    tail.clear();
    durable = kept;
    return lost;
  }
}
