package org.quicksilver.transaction;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Some actions in order, immutable; made for every step, hence without a copy too many. */
final class Actions extends AbstractList<Action> implements RandomAccess {

  private final Action[] all;

  private Actions(Action[] all) {
    this.all = all;
  }

  /** Takes the array over. */
  static List<Action> of(Action... actions) {
    return actions.length == 0 ? List.of() : new Actions(actions);
  }

  static List<Action> copyOf(List<Action> actions) {
    if (actions instanceof Actions || actions.isEmpty()) {
      return actions.isEmpty() ? List.of() : actions;
    }
    return new Actions(actions.toArray(new Action[0]));
  }

  /** These, then those. */
  static List<Action> both(List<Action> these, List<Action> those) {
    if (these.isEmpty() || those.isEmpty()) {
      return these.isEmpty() ? those : these;
    }
    Action[] all = Arrays.copyOf(array(these), these.size() + those.size());
    System.arraycopy(array(those), 0, all, these.size(), those.size());
    return new Actions(all);
  }

  private static Action[] array(List<Action> actions) {
    return actions instanceof Actions known ? known.all : actions.toArray(new Action[0]);
  }

  /** Collects actions. Not thread-safe. */
  static final class Draft {
    private Action[] all;
    private int size;

    Draft(int expected) {
      all = new Action[expected];
    }

    static Draft of(int expected, Action first) {
      Draft draft = new Draft(expected);
      draft.add(first);
      return draft;
    }

    void add(Action action) {
      if (size == all.length) {
        all = Arrays.copyOf(all, 2 * size + 1);
      }
      all[size++] = action;
    }

    /** To be called once. */
    List<Action> done() {
      if (size == 0) {
        return List.of();
      }
      return new Actions(size == all.length ? all : Arrays.copyOf(all, size));
    }
  }

  @Override
  public Action get(int index) {
    return all[index];
  }

  @Override
  public int size() {
    return all.length;
  }
}
