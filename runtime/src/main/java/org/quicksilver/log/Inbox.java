package org.quicksilver.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What callers have asked the log's thread to do. Thread-safe. */
final class Inbox {

  /** Something to do on the log's thread that is no group. */
  interface Task {
    /** Does it, unless the log has failed. */
    void run(LogFiles files, @Nullable LogFailedException failure);
  }

  /** What was asked up to some moment. */
  static final class Requests {
    final Promises writes = new Promises();
    final Promises forces = new Promises();
    final Promises closings = new Promises();
    final List<Task> tasks = new ArrayList<>();
    boolean force;

    /** Whether something waits, or should be, forced. */
    boolean wantForce() {
      return force || !forces.isEmpty();
    }

    /** Tells all who wait that it will not be done. */
    void refuse(LogFiles files, LogFailedException why) {
      writes.breakAll(why);
      forces.breakAll(why);
      closings.breakAll(why);
      tasks.forEach(each -> each.run(files, why));
    }
  }

  private Requests requests = new Requests();
  private Requests idle = new Requests();
  private @Nullable LogFailedException failure;

  synchronized CompletableFuture<Void> write() {
    return failure == null ? requests.writes.add() : CompletableFuture.failedFuture(failure);
  }

  synchronized CompletableFuture<Void> force() {
    return failure == null ? requests.forces.add() : CompletableFuture.failedFuture(failure);
  }

  /** The same, though nobody waits for it. */
  synchronized void forceSoon() {
    requests.force = true;
  }

  /** Done at once if the log has failed or was closed. */
  synchronized CompletableFuture<Void> close() {
    return failure == null ? requests.closings.add() : CompletableFuture.completedFuture(null);
  }

  synchronized void perform(Task task) {
    if (failure != null) {
      throw failure.again();
    }
    requests.tasks.add(task);
  }

  /** Takes what was asked; it has been done when this is called again. */
  synchronized Requests take() {
    Requests taken = requests;
    idle.tasks.clear();
    idle.force = false;
    requests = idle;
    idle = taken;
    return taken;
  }

  /** Nothing is taken on any more. */
  synchronized void fail(LogFailedException why) {
    failure = failure == null ? why : failure;
  }
}
