package org.quicksilver.agent.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.quicksilver.config.Home;

/**
 * The agents' own log file, shared by the JVMs of a home: one line an entry, appended whole.
 * Nothing of ours is ever printed where the application prints. Limited in size: the file before is
 * kept as {@code agent.log.1}.
 *
 * <p>Thread-safe; opens the file only when there is something to say, and gives up silently when it
 * cannot.
 */
public final class AgentLog {

  private static final long LARGEST = 4 * 1024 * 1024;
  private static final int MOST_FAULTS_LOGGED = 100;

  private final Path file;
  private final long pid;
  private final AtomicLong faults = new AtomicLong();

  /** Writes to the home's {@code agent.log}. */
  public AgentLog(Home home, long pid) {
    this.file = home.agentLog();
    this.pid = pid;
  }

  /** Appends one line. */
  public synchronized void say(String message) {
    String line = Instant.now() + " " + pid + " " + message.replace('\n', ' ') + "\n";
    try {
      rotate();
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              Home.ownerOnlyFile())) {
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      // The application comes first, and there is nobody else to tell.
    }
  }

  private void rotate() throws IOException {
    if (Files.exists(file) && Files.size(file) > LARGEST) {
      Files.move(
          file,
          file.resolveSibling("agent.log.1"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Counts a fault of our own code, and writes the first ones down. Never throws: where there is no
   * memory or no stack to write it down, it is only counted.
   */
  public void fault(String where, Throwable thrown) {
    try {
      if (faults.incrementAndGet() <= MOST_FAULTS_LOGGED) {
        StackTraceElement[] stack = thrown.getStackTrace();
        String at = stack.length == 0 ? "" : " at " + stack[0];
        say("FAULT in " + where + ": " + thrown + at);
      }
    } catch (Throwable again) {
      // Out of memory, most likely; the application has worse troubles.
    }
  }

  /** How many faults there were. */
  public long faults() {
    return faults.get();
  }
}
