package org.quicksilver.node;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;

/**
 * Writes log records to one file, which only the owner may read; when it has grown too large it
 * becomes {@code .1} and a new one is begun. What cannot be written is dropped: a full disk stops
 * no node. Thread-safe.
 */
final class LogFile extends Handler {

  private static final long LARGEST = 4 * 1024 * 1024;

  private final Path file;
  private @Nullable OutputStream out;
  private long size;

  LogFile(Path file) throws IOException {
    this.file = file;
    setFormatter(new SimpleFormatter());
    open();
  }

  private void open() throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, Home.ownerOnlyFile());
    }
    size = Files.size(file);
    out = Files.newOutputStream(file, StandardOpenOption.APPEND);
  }

  @Override
  public synchronized void publish(LogRecord record) {
    if (!isLoggable(record) || out == null) {
      return;
    }
    byte[] line = line(record).getBytes(StandardCharsets.UTF_8);
    try {
      if (size + line.length > LARGEST) {
        turnOver();
      }
      out.write(line);
      size += line.length;
    } catch (IOException e) {
      // Nowhere to say so.
    }
  }

  private void turnOver() throws IOException {
    close();
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
  public void flush() {}

  @Override
  public synchronized void close() {
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
