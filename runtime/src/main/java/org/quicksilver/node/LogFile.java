package org.quicksilver.node;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;

/**
 * Writes log records to one file, warnings at once, others within {@link #LATEST}: they are
 * formatted and written by a thread of their own, for there are several to a transaction. A process
 * that is killed takes the last of them with it. The file is readable by its owner only; when it
 * has grown too large it becomes {@code .1} and a new one is begun. What cannot be written is
 * dropped: a full disk stops no node. Thread-safe.
 */
final class LogFile extends Handler {

  /** Too small: the writer wakes for every few lines; too large: more is lost in a kill. */
  static final Duration LATEST = Duration.ofMillis(50);

  private static final long LARGEST = 4 * 1024 * 1024;

  /** More than this and whoever logs writes them himself. */
  private static final int MOST_PENDING = 10_000;

  private final Path file;
  private final Queue<LogRecord> pending = new ConcurrentLinkedQueue<>();
  private final AtomicInteger number = new AtomicInteger();
  private final Thread writer = new Thread(this::writeNowAndThen, "quicksilver-node-log");
  private @Nullable OutputStream out;
  private long size;
  private volatile boolean closed;

  LogFile(Path file) throws IOException {
    this.file = file;
    setFormatter(new SimpleFormatter());
    open();
    writer.setDaemon(true);
    writer.start();
  }

  private void open() throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, Home.ownerOnlyFile());
    }
    size = Files.size(file);
    out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND));
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record) || closed) {
      return;
    }
    pending.add(record);
    boolean isUrgent = record.getLevel().intValue() > Level.INFO.intValue();
    int before = number.getAndIncrement();
    if (isUrgent || before > MOST_PENDING) {
      flush();
    } else if (before == 0) {
      LockSupport.unpark(writer);
    }
  }

  /** Sleeps until there is something, then a little more: others follow. */
  private void writeNowAndThen() {
    while (!closed) {
      if (number.get() == 0) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, LATEST.toNanos());
        flush();
      }
    }
  }

  @Override
  public synchronized void flush() {
    int taken = 0;
    try {
      for (LogRecord next = pending.poll(); next != null; next = pending.poll()) {
        taken++;
        write(line(next).getBytes(StandardCharsets.UTF_8));
      }
      if (out != null) {
        out.flush();
      }
    } catch (IOException e) {
      // Nowhere to say so.
    }
    number.addAndGet(-taken);
  }

  private void write(byte[] line) throws IOException {
    if (size + line.length > LARGEST) {
      turnOver();
    }
    if (out != null) {
      out.write(line);
      size += line.length;
    }
  }

  private void turnOver() throws IOException {
    closeFile();
    Path old = file.resolveSibling(file.getFileName() + ".1");
    Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
    open();
  }

  private String line(LogRecord record) {
    StringWriter text = new StringWriter();
    PrintWriter line = new PrintWriter(text);
    line.println(
        Instant.ofEpochMilli(record.getMillis())
            + " "
            + record.getLevel().getName()
            + " "
            + getFormatter().formatMessage(record));
    if (record.getThrown() != null) {
      record.getThrown().printStackTrace(line);
    }
    return text.toString();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(writer);
    flush();
    closeFile();
  }

  private synchronized void closeFile() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      // Nothing is buffered.
    } finally {
      out = null;
    }
  }
}
