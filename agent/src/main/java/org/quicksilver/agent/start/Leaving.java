package org.quicksilver.agent.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.quicksilver.agent.instrument.Transformer;
import org.quicksilver.agent.link.AgentLink;
import org.quicksilver.agent.link.OwnThread;
import org.quicksilver.agent.track.Branches;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.SystemTracker;
import org.quicksilver.config.Settings;
import org.quicksilver.handle.BreadcrumbWriter;

/**
 * The orderly exit: says so in the breadcrumbs, and takes them away if there is nothing in them
 * that anybody could want.
 */
final class Leaving implements Runnable {

  private final BreadcrumbWriter breadcrumbs;
  private final Path file;
  private final Settings settings;
  private final Branches branches;
  private final Handles handles;
  private final SystemTracker tracker;
  private final AgentLink link;
  private final Transformer transformer;

  Leaving(
      BreadcrumbWriter breadcrumbs,
      Path file,
      Settings settings,
      Branches branches,
      Handles handles,
      SystemTracker tracker,
      AgentLink link,
      Transformer transformer) {
    this.breadcrumbs = breadcrumbs;
    this.file = file;
    this.settings = settings;
    this.branches = branches;
    this.handles = handles;
    this.tracker = tracker;
    this.link = link;
    this.transformer = transformer;
  }

  /** The thread for the JVM to run at its end. */
  Thread thread() {
    return OwnThread.prepared(this, "quicksilver-leaving");
  }

  @Override
  public void run() {
    leave();
    try {
      tracker.enterOwnWork();
      link.awaitAcknowledged();
      CacheFile.save(transformer);
    } catch (RuntimeException | LinkageError e) {
      // The next start does without.
    }
  }

  /** The agent leaves and the JVM stays: its breadcrumbs end here. */
  void now() {
    leave();
    try {
      breadcrumbs.close();
    } catch (IOException e) {
      // The lock is given back with the process at the latest.
    }
  }

  private void leave() {
    breadcrumbs.leaving();
    boolean nobodyCares = !branches.everBegan() && !handles.leavesSomethingBehind();
    if (nobodyCares || settings.node().equals("off")) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // The node finds it and sees that we left in order.
      }
    }
  }
}
