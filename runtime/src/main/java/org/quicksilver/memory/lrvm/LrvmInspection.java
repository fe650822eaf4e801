package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.quicksilver.memory.LogInUseException;
import org.quicksilver.memory.LogInspection;
import org.quicksilver.memory.LogLine;
import org.quicksilver.memory.storage.FileAccess;
import org.quicksilver.memory.storage.StorageFile;

/** A redo log that is only looked at. */
final class LrvmInspection implements LogInspection {

  private final StorageFile file;
  private final boolean inUse;
  private final LogHeader header;
  private final LogArea area;
  private final SegmentFiles segments;

  private LrvmInspection(StorageFile file) throws IOException {
    this.file = file;
    this.inUse = !file.tryLock();
    this.header = HeaderBlocks.read(file);
    this.area = new LogArea(file, header.capacity());
    this.segments = new SegmentFiles(FileAccess.ofFileSystem(), file.path(), header.segments());
  }

  static LrvmInspection open(Path path) {
    try {
      StorageFile file = FileAccess.ofFileSystem().open(path, false);
      try {
        return new LrvmInspection(file);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw Failures.of(path, e);
    }
  }

  @Override
  public String engine() {
    return "lrvm";
  }

  @Override
  public boolean isInUse() {
    return inUse;
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", (long) LogFormat.VERSION);
    facts.put("capacity", header.capacity());
    facts.put("generation", header.generation());
    facts.put("closed", header.closed() != LogHeader.OPEN);
    facts.put("head", header.head());
    facts.put("forced", header.forced());
    return facts;
  }

  @Override
  public List<Path> segments() {
    return IntStream.range(0, header.segments().size()).mapToObj(segments::path).toList();
  }

  @Override
  public void forEachLine(Consumer<LogLine> consumer) {
    checkIdle();
    try {
      new LogScan(area, header).run((record, window) -> lines(record, window, consumer));
    } catch (IOException e) {
      throw Failures.of(file.path(), e);
    }
  }

  private void lines(RecordHeader record, LogWindow window, Consumer<LogLine> consumer)
      throws IOException {
    String what = what(record);
    if (record.ranges() == 0) {
      consumer.accept(
          new LogLine(record.lsn(), record.transaction(), what, Optional.empty(), 0, 0));
    }
    LogScan.ranges(
        record,
        window,
        (segment, offset, length, lsn) ->
            consumer.accept(
                new LogLine(
                    lsn,
                    record.transaction(),
                    what,
                    segment == LogFormat.NAME ? Optional.empty() : path(segment),
                    offset,
                    length)));
  }

  private static String what(RecordHeader record) {
    for (RecordType type : RecordType.values()) {
      if (record.is(type)) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      }
    }
    return "unknown";
  }

  /** Empty for a number that the header does not know. */
  private Optional<Path> path(int segment) {
    return segment < header.segments().size()
        ? Optional.of(segments.path(segment))
        : Optional.empty();
  }

  private void checkIdle() {
    if (inUse) {
      throw new LogInUseException(file.path() + " is in use by a process: end it first");
    }
  }

  @Override
  public Optional<String> damage() {
    checkIdle();
    try {
      long tail = new LogScan(area, header).run((record, window) -> {});
      return new TailJudge(area, header, tail).damage().map(how -> file.path() + ": " + how);
    } catch (IOException e) {
      throw Failures.of(file.path(), e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
