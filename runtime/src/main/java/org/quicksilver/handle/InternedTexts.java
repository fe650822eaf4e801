package org.quicksilver.handle;

import static org.quicksilver.handle.Breadcrumbs.INT;
import static org.quicksilver.handle.Breadcrumbs.SEGMENT_SIZE;
import static org.quicksilver.handle.Breadcrumbs.TEXT;
import static org.quicksilver.handle.Breadcrumbs.crc;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts in a breadcrumb file, each once: opening stacks above all. Any thread, under a lock.
 */
final class InternedTexts {

  /** Longer ones are cut. */
  private static final int LONGEST = 32 * 1024;

  /** They may take this much of the file; beyond it stacks are no longer kept in it. */
  private static final int MOST_SEGMENTS = 512;

  private final SegmentFile file;
  private final Map<String, Integer> numbers = new HashMap<>();
  private SegmentFile.@Nullable Segment segment;
  private int segments;
  private int position;

  InternedTexts(SegmentFile file) {
    this.file = file;
  }

  /** The number of a text, stored if it is new; 0 if there is no room left. */
  synchronized int intern(String text) {
    Integer known = numbers.get(text);
    if (known != null) {
      return known;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, LONGEST);
    int size = length + 8 + 7 & ~7;
    SegmentFile.Segment room = segmentWithRoomFor(size);
    if (room == null) {
      return 0;
    }
    room.bytes().putInt(position + 4, crc(bytes, 0, length));
    room.bytes().put(position + 8, bytes, 0, length);
    INT.setRelease(room.bytes(), position, length);
    int number = (int) (room.position(position) >>> 3);
    position += size;
    numbers.put(text, number);
    return number;
  }

  private SegmentFile.@Nullable Segment segmentWithRoomFor(int size) {
    if (segment == null || position + size > SEGMENT_SIZE) {
      if (segments == MOST_SEGMENTS) {
        return null;
      }
      SegmentFile.Segment added = file.add(TEXT, 0);
      if (added == null) {
        return null;
      }
      segment = added;
      segments++;
      position = 0;
    }
    return segment;
  }
}
