package org.quicksilver.agent.track;

import java.time.Duration;

/**
 * The stacks with which handles were opened. Recorded where that is done, on the application's
 * threads; rendered into the breadcrumbs afterwards, on one of ours, if the handle is still open.
 */
public final class OpeningStacks {

  private final Handles handles;
  private final Crumbs crumbs;
  private volatile boolean unrendered;

  OpeningStacks(Handles handles, Crumbs crumbs) {
    this.handles = handles;
    this.crumbs = crumbs;
  }

  /** One was recorded. */
  void recorded() {
    if (!unrendered) {
      unrendered = true;
    }
  }

  /** Whether one was recorded since the last call: there may be some to keep. */
  public boolean takeUnrendered() {
    boolean was = unrendered;
    unrendered = false;
    return was;
  }

  /** Renders that of a handle into the breadcrumbs, where it survives the process. */
  public void keep(Handle handle) {
    Throwable raw = handle.rawStack();
    if (raw != null) {
      keep(handle, Stacks.render(raw));
    }
  }

  private void keep(Handle handle, String text) {
    handle.renderedStack(text);
    crumbs.stack(handle, text);
  }

  /**
   * Does so for all, but not for longer than that: where very many are opened, the others come with
   * the next call.
   */
  public void keepAll(Duration atMost) {
    long until = System.nanoTime() + atMost.toNanos();
    StackBatch batch = new StackBatch();
    handles.forEach(
        handle -> {
          Throwable raw = handle.rawStack();
          if (raw != null) {
            if (System.nanoTime() - until < 0) {
              keep(handle, batch.render(raw));
            } else {
              unrendered = true;
            }
          }
        });
  }
}
