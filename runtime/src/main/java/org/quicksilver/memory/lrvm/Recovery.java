package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quicksilver.memory.LogInUseException;
import org.quicksilver.memory.LogMissingException;
import org.quicksilver.memory.storage.FileAccess;
import org.quicksilver.memory.storage.StorageFile;

/**
 * Brings what is committed from the log into the segments. First looks at everything and changes
 * nothing: finds the tail, tells a torn end from damage, sees that all segments are there. Then
 * applies backwards, forces the segments, copies undecided transactions behind the tail as records
 * of the next generation, and writes the header last. A crash at any step leaves a log from which
 * this begins again and ends the same.
 *
 * <p>Source: LRVM, "Crash recovery".
 */
final class Recovery {

  private final LogHeader log;
  private final LogArea area;
  private final SegmentFiles segments;
  private final LogScan scan;
  private final long[] ends;
  private final Map<Long, Long> prepared = new LinkedHashMap<>();

  private Recovery(FileAccess files, StorageFile file) throws IOException {
    log = HeaderBlocks.read(file);
    area = new LogArea(file, log.capacity());
    segments = new SegmentFiles(files, file.path(), log.segments());
    scan = new LogScan(area, log);
    ends = new long[log.segments().size()];
  }

  /** Opens, locks and recovers a log. */
  static Recovered run(FileAccess files, Path path) throws IOException {
    StorageFile file = open(files, path);
    Recovery recovery = null;
    try {
      recovery = new Recovery(files, file);
      return recovery.run();
    } catch (IOException | RuntimeException | Error e) {
      if (recovery != null) {
        recovery.segments.close();
      }
      file.close();
      throw e;
    }
  }

  private static StorageFile open(FileAccess files, Path path) throws IOException {
    StorageFile file;
    try {
      file = files.open(path, true);
    } catch (NoSuchFileException e) {
      throw new LogMissingException("there is no log " + path + ": create it with createLog", e);
    }
    if (!file.tryLock()) {
      file.close();
      throw new LogInUseException(
          "log "
              + path
              + " is open already, in this process or another: close that one, or use another log");
    }
    return file;
  }

  private Recovered run() throws IOException {
    long tail = scan.run(this::note);
    TailJudge judge = new TailJudge(area, log, tail);
    Optional<String> damage = judge.damage();
    if (damage.isPresent()) {
      throw HeaderBlocks.damaged(area.file(), damage.get());
    }
    List<Recovered.Undecided> undecided = undecided();
    for (int segment = 0; segment < ends.length; segment++) {
      if (ends[segment] > 0) {
        segments.require(segment, ends[segment]);
      }
    }
    long transactions = apply(tail);
    long copied = copy(undecided, tail, judge.endOfGarbage());
    LogHeader header = log.recovered(tail, copied);
    return new Recovered(
        area.file(),
        HeaderBlocks.write(area.file(), header),
        copied,
        segments,
        undecided,
        transactions);
  }

  private void note(RecordHeader record, LogWindow window) throws IOException {
    if (record.is(RecordType.PREPARE)) {
      prepared.put(record.transaction(), record.lsn());
    } else if (!record.is(RecordType.COMMIT)) {
      prepared.remove(record.transaction());
    }
    LogScan.ranges(
        record,
        window,
        (segment, offset, length, lsn) -> {
          if (segment != LogFormat.NAME) {
            ends[segment] = Math.max(ends[segment], offset + length);
          }
        });
  }

  private List<Recovered.Undecided> undecided() throws IOException {
    List<Recovered.Undecided> undecided = new ArrayList<>();
    for (long lsn : prepared.values()) {
      scan.read(
          lsn,
          (record, window) -> {
            long id = record.transaction();
            long size = record.length();
            List<StoredContent.StoredRange> all = StoredContent.read(record, window).all();
            undecided.add(
                new Recovered.Undecided(
                    id, all.get(0).bytes(), new StoredContent(all.subList(1, all.size())), size));
          });
    }
    return undecided;
  }

  private long apply(long tail) throws IOException {
    SegmentWriter writer = new SegmentWriter(segments);
    long transactions = new Redo(area, log.head(), tail, writer).run(log.head(), tail);
    writer.finish();
    writer.force();
    return transactions;
  }

  /** Puts undecided transactions where the tail was; returns the end of them. */
  private long copy(List<Recovered.Undecided> undecided, long tail, long garbage)
      throws IOException {
    long end = tail + undecided.stream().mapToLong(Recovered.Undecided::size).sum();
    long dirty = Math.max(garbage, end);
    if (dirty > tail) {
      zero(area, tail, dirty);
      area.file().force();
    }
    if (end > tail) {
      DirectSink sink = new DirectSink(area);
      Spool spool = new Spool(sink, tail);
      RecordWriter writer = new RecordWriter(spool);
      for (Recovered.Undecided each : undecided) {
        writer.write(
            RecordType.PREPARE,
            log.generation() + 1,
            each.id(),
            tail,
            each.content().named(each.name()));
      }
      spool.publish();
      sink.finish();
      area.file().force();
    }
    return end;
  }

  /** Fills a part of the ring with zeros. */
  static void zero(LogArea area, long from, long to) throws IOException {
    java.nio.ByteBuffer zeros =
        java.nio.ByteBuffer.allocateDirect((int) Math.min(1 << 20, Math.max(0, to - from)));
    for (long at = from; at < to; at += zeros.capacity()) {
      area.write(at, zeros.clear().limit((int) Math.min(zeros.capacity(), to - at)));
    }
  }
}
