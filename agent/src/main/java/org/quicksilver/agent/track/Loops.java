package org.quicksilver.agent.track;

import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Selectors and groups of asynchronous channels that have come to serve several transactions: an
 * application's own loop, begun when its first client came. Asked only before such a handle would
 * be reported or reclaimed, on any thread.
 */
public final class Loops {

  private final Handles handles;

  /** Knows whose a channel is from its handle. */
  public Loops(Handles handles) {
    this.handles = handles;
  }

  /**
   * Whether a channel of another transaction than its own is waited for. What waits for nothing but
   * that transaction's channels, or for nothing, was opened for it alone.
   */
  public boolean serveOthers(Handle loop) {
    Object object = loop.get();
    if (object instanceof Selector selector) {
      return selects(selector, loop);
    }
    return object instanceof AsynchronousChannelGroup group
        && JdkParts.Groups.numbers(group).stream().anyMatch(n -> isOfOthers(n, loop));
  }

  private boolean selects(Selector selector, Handle loop) {
    try {
      for (SelectionKey key : selector.keys()) {
        if (key.isValid() && isOfOthers(JdkParts.Selectors.number(key.channel()), loop)) {
          return true;
        }
      }
      return false;
    } catch (ClosedSelectorException e) {
      return false;
    }
  }

  /** One that was opened before we came is somebody's, too. */
  private boolean isOfOthers(int channel, Handle loop) {
    if (channel < 0) {
      return false;
    }
    Handle known = handles.get(channel);
    return known == null || !known.branch().transaction().equals(loop.branch().transaction());
  }
}
