package org.quicksilver.agent.start;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;
import org.quicksilver.agent.instrument.Transformer;
import org.quicksilver.agent.link.AgentLink;
import org.quicksilver.agent.link.AgentLog;
import org.quicksilver.agent.track.Branches;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.agent.track.Tracker;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;
import org.quicksilver.handle.BreadcrumbWriter;
import org.quicksilver.handle.Policies;

/**
 * Starts the agent: checks, installs the hooks, hands the rest to the background. What it does on the caller's thread, before {@code main}, is
 * only what must not miss a handle.
 */
public final class Startup {

  private Startup() {}

  /**
   * Called by the launcher.
   *
   * @param arguments agent arguments, may be null
   * @param late whether the application is running already
   * @throws IOException if a check fails; nothing has been changed then, and the message says which check and what to do
   */
  public static void start(
      @Nullable String arguments, Instrumentation instrumentation, File jar, boolean late)
      throws IOException {
    Settings settings = Settings.read(arguments);
    settings.complaints().forEach(complaint -> System.err.println("quicksilver: " + complaint));
    if (Modules.bridgeIsDefined()) {
      throw new IOException("an agent is running in this JVM already");
    }
    Home home = settings.home().create();
    long pid = Process.pid();
    int incarnation = home.nextIncarnation();
    Path file = home.breadcrumbs(incarnation);
    BreadcrumbWriter breadcrumbs =
        BreadcrumbWriter.create(file, home.nodeId(), incarnation, pid);
    Policies policies = policies(settings);
    Modules.open(instrumentation);
    Modules.defineBridge();
    AgentLog log = new AgentLog(home, pid);
    AgentLink link =
        new AgentLink(
            new AgentLink.Identity(incarnation, pid, home.secret()), settings, policies, jar, log);
    Branches branches = new Branches(home.nodeId(), incarnation);
    Handles handles = new Handles(breadcrumbs, settings.stack());
    Tracker tracker = new Tracker(handles, branches, link);
    install(settings, instrumentation, jar, tracker, log, link);
    link.worker().execute(() -> Process.describe(breadcrumbs, policies));
    link.start(handles, branches, tracker::enterOwnWork);
    Runtime.getRuntime()
        .addShutdownHook(new Leaving(breadcrumbs, file, settings, branches, handles).thread());
  }

  private static Policies policies(Settings settings) {
    try {
      return Policies.parse(settings.policy());
    } catch (IllegalArgumentException e) {
      System.err.println("quicksilver: " + e.getMessage() + "; everything is observed");
      return Policies.NONE;
    }
  }

  private static void install(
      Settings settings,
      Instrumentation instrumentation,
      File jar,
      Tracker tracker,
      AgentLog log,
      AgentLink link)
      throws IOException {
    Path cache = settings.cache() ? CacheFile.of(settings, jar) : null;
    Transformer transformer =
        new Transformer(
            settings.without(),
            cache,
            tracker::enterOwnWork,
            tracker::leaveOwnWork,
            (type, e) -> link.worker().execute(() -> log.fault("transforming " + type, e)));
    tracker.enterOwnWork();
    try {
      QuicksilverBridge.current = tracker;
      transformer.install(instrumentation);
      transformer.save();
    } finally {
      tracker.leaveOwnWork();
    }
    CacheFile.keepSaving(transformer, link.worker());
  }
}
