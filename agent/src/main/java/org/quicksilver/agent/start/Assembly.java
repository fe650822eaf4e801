package org.quicksilver.agent.start;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.Set;
import org.quicksilver.agent.bridge.QuicksilverBridge;
import org.quicksilver.agent.instrument.Transformer;
import org.quicksilver.agent.link.AgentLink;
import org.quicksilver.agent.link.AgentLog;
import org.quicksilver.agent.link.Worker;
import org.quicksilver.agent.track.Branches;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.Recording;
import org.quicksilver.agent.track.Stacks;
import org.quicksilver.agent.track.SystemTracker;
import org.quicksilver.config.Home;
import org.quicksilver.config.LeakHunt;
import org.quicksilver.config.Settings;
import org.quicksilver.handle.BreadcrumbWriter;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Policies;

/**
 * Puts the agent together: installs the hooks and hands the rest to the background. What it does on
 * the caller's thread, before {@code main}, is only what must be there for no handle to be missed.
 */
final class Assembly {

  private final Settings settings;
  private final Home home;
  private final Instrumentation instrumentation;
  private final File jar;
  private final boolean late;

  Assembly(Settings settings, Home home, Instrumentation instrumentation, File jar, boolean late) {
    this.late = late;
    this.settings = settings;
    this.home = home;
    this.instrumentation = instrumentation;
    this.jar = jar;
  }

  void start() throws IOException {
    long pid = ThisProcess.pid();
    long node = home.nodeId();
    int incarnation = home.nextIncarnation();
    Path file = home.breadcrumbs(incarnation);
    BreadcrumbWriter breadcrumbs = BreadcrumbWriter.create(file, node, incarnation, pid);
    Policies policies = policies();
    AgentLog log = new AgentLog(home, pid);
    Branches branches = new Branches(node, incarnation);
    Handles handles = new Handles(breadcrumbs);
    AgentLink link =
        new AgentLink(
            new AgentLink.Identity(incarnation, pid, home.secret()),
            settings,
            policies,
            jar,
            log,
            handles,
            branches);
    Stacks.limit(settings.hunt().depth());
    LeakHunt hunt = settings.hunt();
    if (hunt.hasThresholds()) {
      checkKinds("leak-age", hunt.ages().keySet());
      checkKinds("leak-count", hunt.counts().keySet());
    }
    int sample = settings.stack() ? hunt.sample() : 0;
    Recording recording = new Recording(sample, hunt.budget(), hunt.closings());
    SystemTracker tracker = new SystemTracker(handles, branches, link, recording);
    if (!late) {
      OpenBefore.ownAll(handles.ownDescriptors());
    }
    Transformer transformer = install(tracker, log, link);
    if (late) {
      link.worker().execute(() -> OpenBefore.ownOurs(handles.ownDescriptors(), jar, file));
    }
    link.worker().execute(new ThisProcess.Description(breadcrumbs, policies, link.worker()));
    Gaps.watch(transformer, breadcrumbs, log, link.worker());
    link.start(new OwnWork(tracker));
    Leaving leaving =
        new Leaving(breadcrumbs, file, settings, branches, handles, tracker, link, transformer);
    Thread last = leaving.thread();
    Runtime.getRuntime().addShutdownHook(last);
    tracker.whenDetached(new Detachment(transformer, instrumentation, link, leaving, last));
  }

  private record OwnWork(SystemTracker tracker) implements Runnable {
    @Override
    public void run() {
      tracker.enterOwnWork();
    }
  }

  private record Detachment(
      Transformer transformer,
      Instrumentation instrumentation,
      AgentLink link,
      Leaving leaving,
      Thread last)
      implements Runnable {
    @Override
    public void run() {
      QuicksilverBridge.current = new QuicksilverBridge(false);
      transformer.uninstall(instrumentation);
      link.giveUpHandles();
      link.stop();
      leaving.now();
      forget(last);
    }
  }

  private record Agent(SystemTracker tracker, AgentLog log, Worker worker)
      implements Transformer.Surroundings {
    @Override
    public void enterOwnWork() {
      tracker.enterOwnWork();
    }

    @Override
    public void leaveOwnWork() {
      tracker.leaveOwnWork();
    }

    @Override
    public void fault(String type, Throwable thrown) {
      worker.execute(() -> log.fault("transforming " + type, thrown));
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is at its end anyway.
    }
  }

  private static void checkKinds(String option, Set<String> kinds) {
    for (String kind : kinds) {
      try {
        if (!kind.equals(LeakHunt.ANY)) {
          HandleKind.parse(kind);
        }
      } catch (IllegalArgumentException e) {
        System.err.println("quicksilver: " + option + ": " + e.getMessage() + "; not looked at");
      }
    }
  }

  private Policies policies() {
    try {
      return Policies.parse(settings.policy());
    } catch (IllegalArgumentException e) {
      System.err.println("quicksilver: " + e.getMessage() + "; everything is observed");
      return Policies.NONE;
    }
  }

  private Transformer install(SystemTracker tracker, AgentLog log, AgentLink link)
      throws IOException {
    Transformer transformer =
        new Transformer(
            settings.without(),
            settings.cache() ? CacheFile.of(settings, jar) : null,
            new Agent(tracker, log, link.worker()));
    tracker.enterOwnWork();
    try {
      QuicksilverBridge.current = tracker;
      transformer.install(instrumentation);
      transformer.save();
    } finally {
      tracker.leaveOwnWork();
    }
    CacheFile.keepSaving(transformer, link.worker());
    return transformer;
  }
}
