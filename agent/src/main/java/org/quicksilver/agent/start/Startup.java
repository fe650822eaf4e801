package org.quicksilver.agent.start;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;

/**
 * Checks, then prepares the JVM for the agent. Refers to nothing that refers to the bridge: that
 * class must be defined in the boot loader before any class of ours that names it is loaded.
 */
public final class Startup {

  /** In place of options: the agent is to leave. */
  private static final String DETACH = "detach";

  private Startup() {}

  /**
   * Called by the launcher.
   *
   * @param arguments agent arguments, may be null
   * @param late whether the application is running already
   * @throws IOException if a check fails; nothing is intercepted then, and the message says which
   *     check and what to do
   */
  public static void start(
      @Nullable String arguments, Instrumentation instrumentation, File jar, boolean late)
      throws IOException {
    if (DETACH.equals(arguments)) {
      Modules.detach();
      return;
    }
    Settings settings = Settings.read(arguments);
    settings.complaints().forEach(complaint -> System.err.println("quicksilver: " + complaint));
    if (Modules.agentRuns()) {
      throw new IOException("an agent is running in this JVM already");
    }
    Home home = settings.home().create();
    Modules.open(instrumentation, settings.node().equals("embedded"));
    Modules.defineBridge();
    new Assembly(settings, home, instrumentation, jar, late).start();
  }
}
