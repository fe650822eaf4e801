package org.quicksilver.memory.vista;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.quicksilver.memory.NotMappedException;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionInUseException;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RegionOverlapException;
import org.quicksilver.memory.RegionQuery;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.SegmentTooShortException;

/** What is mapped. Thread-safe; file access is done on a thread of its own. */
final class VistaRegions {

  private final Vista vista;
  private final OpenedLog log;
  private final OpenSegments segments;
  private final List<VistaRegion> regions = new ArrayList<>();
  private int lastNumber;

  VistaRegions(Vista vista, OpenedLog log) {
    this.vista = vista;
    this.log = log;
    this.segments = log.segments();
  }

  synchronized int count() {
    return regions.size();
  }

  synchronized Region map(SegmentRange range, RegionOptions options) {
    regions.stream()
        .map(VistaRegion::range)
        .filter(range::overlaps)
        .findFirst()
        .ifPresent(
            other -> {
              throw new RegionOverlapException(range + " overlaps " + other + ", which is mapped");
            });
    try {
      VistaRegion region = Uninterrupted.run(() -> mapped(range, options));
      regions.add(region);
      return region;
    } catch (IOException e) {
      throw Refusals.ofSegment(range.segment(), e);
    }
  }

  private VistaRegion mapped(SegmentRange range, RegionOptions options) throws IOException {
    Path path = range.segment();
    Segment segment =
        segments
            .find(path)
            .orElseGet(() -> segments.open(path, options.createSegment(), log.path()));
    try {
      reach(segment, range, options);
      return new VistaRegion(vista, ++lastNumber, segment.number(), segment.map(range), options);
    } catch (IOException | RuntimeException e) {
      if (!segment.isMapped()) {
        segments.close(segment.number());
      }
      throw e;
    }
  }

  private static void reach(Segment segment, SegmentRange range, RegionOptions options)
      throws IOException {
    long size = segment.size();
    if (size < range.end() && !options.createSegment()) {
      throw new SegmentTooShortException(
          segment.path() + " has " + size + " bytes and cannot be mapped up to " + range.end());
    }
    segment.extend(range.end());
  }

  VistaRegion checkMapped(VistaRegion region) {
    if (!region.isMapped()) {
      throw new NotMappedException(region + " is not mapped");
    }
    return region;
  }

  synchronized RegionQuery query(VistaRegion region) {
    checkMapped(region);
    return new RegionQuery(region.options(), uncommitted(region));
  }

  synchronized void unmap(VistaRegion region) {
    checkMapped(region);
    region.closing(true);
    VarHandle.fullFence();
    List<Long> atWork = uncommitted(region);
    if (!atWork.isEmpty()) {
      region.closing(false);
      throw new RegionInUseException(
          region + " has ranges of transactions " + atWork + ": end them first");
    }
    regions.remove(region);
    region.end();
    try {
      Uninterrupted.run(() -> taken(region));
    } catch (IOException e) {
      throw Refusals.ofSegment(region.range().segment(), e);
    }
  }

  private Segment taken(VistaRegion region) throws IOException {
    Segment segment = segments.get(region.segment());
    segment.unmap(region.mapping());
    if (!segment.isMapped()) {
      segments.close(segment.number());
    }
    return segment;
  }

  /** Numbers of the transactions with ranges in it, of this life and of former ones. */
  private List<Long> uncommitted(VistaRegion region) {
    LongStream ofThisLife =
        log.undo().slots().filter(slot -> slot.touches(region)).mapToLong(UndoSlot::tid);
    LongStream ofFormer =
        log.prepared().stream()
            .filter(chain -> vista.isUndecided(chain.tid()))
            .filter(chain -> chain.touches(region.segment(), region.range()))
            .mapToLong(UndoChain::tid);
    return Stream.of(ofThisLife, ofFormer)
        .flatMapToLong(ids -> ids)
        .distinct()
        .sorted()
        .boxed()
        .toList();
  }

  synchronized void flush() {
    try {
      Uninterrupted.run(
          () -> {
            log.force();
            return log;
          });
    } catch (IOException | UncheckedIOException e) {
      throw Refusals.ofLog(log.path(), e);
    }
  }

  synchronized void close() {
    regions.forEach(VistaRegion::end);
    regions.clear();
    try {
      Uninterrupted.run(
          () -> {
            log.close();
            return log;
          });
    } catch (IOException | UncheckedIOException e) {
      throw Refusals.ofLog(log.path(), e);
    }
  }
}
