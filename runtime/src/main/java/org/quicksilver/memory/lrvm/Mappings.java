package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RegionOverlapException;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.storage.StorageFile;
import org.quicksilver.memory.storage.WideBuffer;

/** The regions that are mapped. Mapping and storing are done on the {@link Worker}. */
final class Mappings {

  private static final int PIECE = 1 << 20;

  private final Lrvm memory;
  private final SegmentFiles segments;
  private final Truncation truncation;
  private final List<LrvmRegion> regions = new ArrayList<>();

  Mappings(Lrvm memory, SegmentFiles segments, Truncation truncation) {
    this.memory = memory;
    this.segments = segments;
    this.truncation = truncation;
  }

  LrvmRegion map(SegmentRange range, RegionOptions options) throws Exception {
    memory.health().check();
    checkFree(range);
    StorageFile file = segments.obtain(range, options.createSegment());
    int segment = number(range);
    if (memory.log().mayHold(segment)) {
      truncation.truncate();
    }
    LrvmRegion region =
        new LrvmRegion(memory, segment, range, options, bytes(file, range, options.mapping()));
    synchronized (this) {
      regions.add(region);
    }
    return region;
  }

  private synchronized void checkFree(SegmentRange range) {
    for (LrvmRegion region : regions) {
      if (region.range().overlaps(range)) {
        throw new RegionOverlapException(
            "%s overlaps %s, which is mapped: use that, or unmap it first"
                .formatted(range, region.range()));
      }
    }
  }

  private int number(SegmentRange range) throws Exception {
    int known = segments.number(range.segment());
    if (known >= 0) {
      return known;
    }
    List<String> names = segments.namesWith(range.segment());
    if (LogHeader.size(names) > LogFormat.HEADER_BLOCK) {
      throw new org.quicksilver.memory.AccessFailedException(
          "the log knows %d segments, and has no room for the name of %s: map several ranges of fewer segments"
              .formatted(names.size() - 1, range.segment()),
          null);
    }
    truncation.addSegment(names);
    segments.add(range.segment());
    return names.size() - 1;
  }

  private static WideBuffer bytes(
      StorageFile file, SegmentRange range, RegionOptions.Mapping mapping) throws IOException {
    return switch (mapping) {
      case ON_DEMAND -> file.map(MapMode.PRIVATE, range.offset(), range.length());
      case COPY -> copy(file, range);
    };
  }

  private static WideBuffer copy(StorageFile file, SegmentRange range) throws IOException {
    WideBuffer copy = WideBuffer.allocate(range.length());
    for (long at = 0; at < range.length(); at += PIECE) {
      int now = (int) Math.min(PIECE, range.length() - at);
      file.read(copy.view(at, now), range.offset() + at);
    }
    return copy;
  }

  /** Stores what lies in mapped regions. */
  void store(StoredContent content) {
    for (StoredContent.StoredRange range : content.all()) {
      for (LrvmRegion region : list()) {
        if (region.segment() == range.segment()) {
          store(range, region);
        }
      }
    }
  }

  private static void store(StoredContent.StoredRange range, LrvmRegion region) {
    long base = region.range().offset();
    long from = Math.max(range.offset(), base);
    long to = Math.min(range.offset() + range.bytes().length, region.range().end());
    if (from < to) {
      region
          .memory()
          .put(from - base, range.bytes(), (int) (from - range.offset()), (int) (to - from));
    }
  }

  private synchronized List<LrvmRegion> list() {
    return List.copyOf(regions);
  }

  void unmap(LrvmRegion region) {
    region.unmap();
    synchronized (this) {
      regions.remove(region);
    }
  }

  synchronized int count() {
    return regions.size();
  }

  /** All at once: the memory is closed. */
  synchronized void abandon() {
    regions.forEach(LrvmRegion::abandon);
    regions.clear();
  }
}
