package org.quicksilver.agent.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.config.Home;
import org.quicksilver.config.LeakHunt;
import org.quicksilver.handle.HandleKind;

/**
 * Looks for leaks beyond what outlives its transaction: handles that are open for too long, too
 * many of a kind, and descriptors that run out. Worker thread only.
 */
final class LeakHunter {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration DUMP_AGAIN = Duration.ofMinutes(10);
  private static final Duration TRY_AGAIN = Duration.ofMillis(250);
  private static final int MOST_TRIES = 40;

  private final Handles handles;
  private final Endings endings;
  private final Worker worker;
  private final AgentLog log;
  private final Home home;
  private final AgentLink.Identity identity;
  private final Map<HandleKind, Duration> ages;
  private final Map<HandleKind, Integer> counts;
  private final boolean hasThresholds;
  private long dumpedNanos = System.nanoTime() - DUMP_AGAIN.toNanos();

  LeakHunter(
      Handles handles,
      Endings endings,
      Worker worker,
      AgentLog log,
      Home home,
      AgentLink.Identity identity,
      LeakHunt hunt) {
    this.handles = handles;
    this.endings = endings;
    this.worker = worker;
    this.log = log;
    this.home = home;
    this.identity = identity;
    this.ages = byKind(hunt.ages());
    this.counts = byKind(hunt.counts());
    this.hasThresholds = hunt.hasThresholds();
  }

  private <T> Map<HandleKind, T> byKind(Map<String, T> byName) {
    Map<HandleKind, T> byKind = new EnumMap<>(HandleKind.class);
    T any = byName.get(LeakHunt.ANY);
    if (any != null) {
      for (HandleKind kind : HandleKind.values()) {
        byKind.put(kind, any);
      }
    }
    for (Map.Entry<String, T> entry : byName.entrySet()) {
      try {
        if (!entry.getKey().equals(LeakHunt.ANY)) {
          byKind.put(HandleKind.parse(entry.getKey()), entry.getValue());
        }
      } catch (IllegalArgumentException e) {
        // Said when the agent started.
      }
    }
    return byKind;
  }

  /** Looks from now on. */
  void start() {
    watchDescriptors();
    if (hasThresholds) {
      worker.executeEvery(LOOK_EVERY, this::look);
    }
  }

  private void watchDescriptors() {
    int last = DescriptorLimit.read();
    if (last > 0) {
      handles.whenDescriptorsReach(
          DescriptorLimit.alarm(last), () -> worker.execute(() -> ranOut(last)));
    }
  }

  private void ranOut(int limit) {
    dump("descriptors run out: there are " + limit, 0);
    worker.executeAfter(DUMP_AGAIN, this::watchDescriptors);
  }

  private void look() {
    long now = System.currentTimeMillis();
    Map<HandleKind, Integer> open = new EnumMap<>(HandleKind.class);
    handles.forEach(
        handle -> {
          open.merge(handle.kind(), 1, Integer::sum);
          Duration age = ages.get(handle.kind());
          if (age != null && now - handle.openedAtMillis() >= age.toMillis()) {
            endings.isTooOld(handle, age);
          }
        });
    counts.forEach(tooMany(open));
  }

  private BiConsumer<HandleKind, Integer> tooMany(Map<HandleKind, Integer> open) {
    return (kind, most) -> {
      int number = open.getOrDefault(kind, 0);
      if (number > most && System.nanoTime() - dumpedNanos >= DUMP_AGAIN.toNanos()) {
        dump(number + " handles of kind " + kind.word() + " are open, more than " + most, 0);
      }
    };
  }

  /** The application may be faster with the last descriptors: then it is tried again. */
  private void dump(String why, int tries) {
    try {
      Path file = new HandleDump(home, identity).write(handles);
      dumpedNanos = System.nanoTime();
      log.say(why + "; all handles are listed in " + file);
    } catch (IOException e) {
      if (tries < MOST_TRIES) {
        worker.executeAfter(TRY_AGAIN, () -> dump(why, tries + 1));
      } else {
        log.say(why + "; and cannot be listed: " + e);
      }
    }
  }

  /** How many descriptors this process may have. */
  private static final class DescriptorLimit {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";
    private static final int LONGEST = 4096;

    private DescriptorLimit() {}

    /** 0 if it is not known. Every start of a program waits for this: no lines, no patterns. */
    static int read() {
      try (InputStream in = Files.newInputStream(LIMITS)) {
        String text = new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
        int at = text.indexOf(LINE);
        return at < 0 ? 0 : number(text, at + LINE.length());
      } catch (IOException e) {
        // Not a Linux.
        return 0;
      }
    }

    private static int number(String text, int from) {
      int at = from;
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      long number = 0;
      for (; at < text.length() && Character.isDigit(text.charAt(at)); at++) {
        number = Math.min(Integer.MAX_VALUE, number * 10 + text.charAt(at) - '0');
      }
      return (int) number;
    }

    /** The kernel gives the lowest number that is free; so a high one means that few are left. */
    static int alarm(int limit) {
      return limit - Math.max(8, limit / 32);
    }
  }
}
