package org.quicksilver.agent.start;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.quicksilver.agent.instrument.Transformer;
import org.quicksilver.agent.link.Worker;
import org.quicksilver.config.Settings;

/** Which cache of transformed classes is this JVM's, and when it is written. */
final class CacheFile {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LAST = Duration.ofMinutes(10);

  private CacheFile() {}

  /** One for each JDK, agent and set of families. */
  static Path of(Settings settings, File jar) {
    String key =
        System.getProperty("java.home")
            + '|'
            + System.getProperty("java.vm.version")
            + '|'
            + jar.lastModified()
            + '|'
            + jar.length()
            + '|'
            + settings.without();
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    return settings.home().cache().resolve(Long.toHexString(hash) + ".classes");
  }

  /**
   * Classes are loaded as the application goes; what was transformed since is saved ever more
   * rarely.
   */
  static void keepSaving(Transformer transformer, Worker worker) {
    new Saving(transformer, worker, FIRST).begin();
  }

  /**
   * Also at the orderly end: it waits there for a save that is under way, which would be cut off.
   */
  static void save(Transformer transformer) {
    try {
      transformer.save();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Saving(Transformer transformer, Worker worker, Duration delay)
      implements Runnable {
    void begin() {
      worker.executeAfter(delay, this);
    }

    @Override
    public void run() {
      save(transformer);
      Duration next = Duration.ofMillis(4 * delay.toMillis());
      new Saving(transformer, worker, next.compareTo(LAST) < 0 ? next : LAST).begin();
    }
  }
}
