package org.quicksilver.agent.start;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;

/**
 * Checks, then prepares the JVM for the agent. Refers to nothing that refers to the bridge: that
 * class must be defined in the boot loader before any class of ours that names it is loaded.
 */
public final class Startup implements BiConsumer<Instrumentation, @Nullable Object[]> {

  /** In place of options: the agent is to leave. */
  private static final String DETACH = "detach";

  /** For the launcher, which is of another class loader. */
  public Startup() {}

  /**
   * Called by the launcher: by an interface that both know, for to call a method by reflection
   * takes the newer JDKs twenty classes.
   *
   * @param given the agent's arguments or null; the agent's jar, a {@link File}; whether the
   *     application is running already, a {@link Boolean}
   * @throws UncheckedIOException if a check fails; nothing is intercepted then, and the message
   *     says which check and what to do
   */
  @Override
  public void accept(Instrumentation instrumentation, @Nullable Object[] given) {
    try {
      start(
          (String) given[0],
          instrumentation,
          Objects.requireNonNull((File) given[1]),
          Boolean.TRUE.equals(given[2]));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static void start(
      @Nullable String arguments, Instrumentation instrumentation, File jar, boolean late)
      throws IOException {
    if (DETACH.equals(arguments)) {
      Modules.detach();
      return;
    }
    Settings settings = Settings.read(arguments);
    for (String complaint : settings.complaints()) {
      System.err.println("quicksilver: " + complaint);
    }
    if (Modules.agentRuns()) {
      throw new IOException("an agent is running in this JVM already");
    }
    Home home = settings.home().create();
    Modules.open(instrumentation, settings.node().equals("embedded"));
    Modules.defineBridge();
    try {
      new Assembly(settings, home, instrumentation, jar, late).start();
    } catch (IOException e) {
      throw new IOException(
          "the home directory "
              + home.directory()
              + " cannot be used: "
              + e.getMessage()
              + "; mend that, or name another one with home=DIR",
          e);
    }
  }
}
