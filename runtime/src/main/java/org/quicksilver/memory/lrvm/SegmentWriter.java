package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.quicksilver.memory.storage.StorageFile;

/**
 * Takes bytes for segments, newest first, and writes each byte once. Neighbouring pages are read,
 * overlaid and written together: a torn write changes no byte that it should not. Needs an eighth
 * of what is touched for knowing what was taken, and up to an eighth of the heap for what is not
 * yet written.
 */
final class SegmentWriter {

  /** As many as take an eighth of the heap: when there are more, all are written and forgotten. */
  private static final int MOST_IMAGES =
      (int) Math.min(1 << 20, Math.max(2048, Runtime.getRuntime().maxMemory() / 8 / 6000));

  private static final int MOST_PAGES = 256;

  private final SegmentFiles segments;
  private final PageTable table = new PageTable();
  private final List<TouchedPage> dirty = new ArrayList<>();
  private final Set<Integer> written = new TreeSet<>();
  private TouchedPage last = new TouchedPage(-1);
  private long bytesWritten;

  SegmentWriter(SegmentFiles segments) {
    this.segments = segments;
  }

  long bytesWritten() {
    return bytesWritten;
  }

  /** Takes those of the bytes that were not taken before. */
  void put(int segment, long offset, ByteBuffer source, int at, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int from = (int) ((offset + done) % TouchedPage.SIZE);
      int to = Math.min(TouchedPage.SIZE, from + length - done);
      put(page(PageTable.key(segment, offset + done)), from, to, source, at + done);
      done += to - from;
    }
  }

  private TouchedPage page(long key) {
    if (last.key() != key) {
      last = table.page(key);
    }
    return last;
  }

  private void put(TouchedPage page, int from, int to, ByteBuffer source, int at)
      throws IOException {
    if (page.hasAll(from, to)) {
      return;
    }
    TouchedPage.Image image = page.image();
    if (image == null) {
      if (dirty.size() == MOST_IMAGES) {
        write();
      }
      image = new TouchedPage.Image();
      page.image(image);
      dirty.add(page);
    }
    page.take(image, from, to, source, at);
  }

  private void write() throws IOException {
    dirty.sort(Comparator.comparingLong(TouchedPage::key));
    for (int first = 0; first < dirty.size(); ) {
      int end = first + 1;
      while (end < dirty.size()
          && end - first < MOST_PAGES
          && dirty.get(end).key() == dirty.get(first).key() + end - first) {
        end++;
      }
      write(dirty.subList(first, end));
      first = end;
    }
    dirty.clear();
  }

  private void write(List<TouchedPage> pages) throws IOException {
    long key = pages.get(0).key();
    long offset = PageTable.offset(key);
    StorageFile file = segments.require(PageTable.segment(key), offset + 1);
    int length = (int) Math.min(pages.size() * (long) TouchedPage.SIZE, file.size() - offset);
    ByteBuffer bytes = ByteBuffer.allocateDirect(length);
    file.read(bytes, offset);
    for (int i = 0; i < pages.size(); i++) {
      TouchedPage.Image image = pages.get(i).image();
      if (image != null) {
        int at = i * TouchedPage.SIZE;
        TouchedPage.overlay(image, bytes, at, Math.min(TouchedPage.SIZE, length - at));
      }
      pages.get(i).image(null);
    }
    file.write(bytes.flip(), offset);
    written.add(PageTable.segment(key));
    bytesWritten += length;
  }

  /** Writes the rest. */
  void finish() throws IOException {
    write();
  }

  /** Forces what was written. */
  void force() throws IOException {
    for (int segment : written) {
      segments.require(segment, 0).force();
    }
  }
}
