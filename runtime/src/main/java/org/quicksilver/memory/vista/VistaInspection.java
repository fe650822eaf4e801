package org.quicksilver.memory.vista;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.quicksilver.memory.LogDamagedException;
import org.quicksilver.memory.LogInspection;
import org.quicksilver.memory.LogLine;
import org.quicksilver.memory.storage.FileAccess;
import org.quicksilver.memory.storage.StorageFile;

/** An undo log that is only looked at. */
final class VistaInspection implements LogInspection {

  private final StorageFile file;
  private final boolean inUse;
  private final LogHeader header;
  private final ByteBuffer log;
  private final SegmentTable table;

  private VistaInspection(StorageFile file) throws IOException {
    this.file = file;
    this.inUse = !file.tryLock();
    this.header = LogHeader.of(file);
    this.log = file.map(MapMode.READ_ONLY, 0, header.length()).view(0, (int) header.length());
    this.table = new SegmentTable(log, file.path());
  }

  static VistaInspection open(Path path) {
    try {
      StorageFile file = FileAccess.ofFileSystem().open(path, false);
      try {
        return new VistaInspection(file);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw Refusals.ofLog(path, e);
    }
  }

  /** Whether a file begins as an undo log does, of whatever version. */
  static boolean isLog(Path path) {
    try (StorageFile file = FileAccess.ofFileSystem().open(path, false)) {
      return LogHeader.hasMagic(file);
    } catch (IOException e) {
      throw Refusals.ofLog(path, e);
    }
  }

  @Override
  public String engine() {
    return "vista";
  }

  @Override
  public boolean isInUse() {
    return inUse;
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", (long) VistaFormat.VERSION);
    facts.put("length", header.length());
    facts.put("created", header.created().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("closed", !header.open());
    if (header.pid() != 0) {
      facts.put("opened", header.opened().truncatedTo(ChronoUnit.SECONDS).toString());
      facts.put("process", header.pid());
      facts.put("boot", header.boot().toString());
      facts.put("machine died", machineDied());
    }
    return facts;
  }

  private boolean machineDied() {
    try {
      return !header.survives(BootId.current());
    } catch (IOException e) {
      throw Refusals.ofLog(file.path(), e);
    }
  }

  @Override
  public List<Path> segments() {
    return IntStream.range(0, VistaFormat.SEGMENTS)
        .mapToObj(table::path)
        .flatMap(Optional::stream)
        .toList();
  }

  private void checkIdle() {
    if (inUse) {
      throw Refusals.inUse(file.path());
    }
  }

  @Override
  public void forEachLine(Consumer<LogLine> consumer) {
    checkIdle();
    for (UndoChain chain : UndoChain.whole(log, file.path())) {
      lines(chain).forEach(consumer);
    }
  }

  /** As recovery would go through them. */
  private List<LogLine> lines(UndoChain chain) {
    List<LogLine> lines = new ArrayList<>();
    chain
        .name()
        .ifPresent(
            name ->
                lines.add(
                    new LogLine(
                        chain.newest(),
                        chain.tid(),
                        "prepared",
                        Optional.empty(),
                        0,
                        name.length)));
    String what = chain.isPrepared() ? "undecided" : "to undo";
    for (UndoEntry each : chain.entries()) {
      Optional<Path> segment = table.path(each.segment());
      lines.add(new LogLine(each.at(), chain.tid(), what, segment, each.offset(), each.length()));
    }
    return lines;
  }

  @Override
  public Optional<String> damage() {
    checkIdle();
    try {
      segments();
      UndoChain.all(log, file.path());
      return Optional.empty();
    } catch (LogDamagedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw Refusals.ofLog(file.path(), e);
    }
  }
}
