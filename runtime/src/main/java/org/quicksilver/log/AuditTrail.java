package org.quicksilver.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Numbered lines that are never lost: the newest in a map, the older ones in an {@link
 * AuditArchive}.
 *
 * <p>A line is put before its key: killed in between, {@link #settle} finds the line and adds the
 * key. A line is archived before it is removed: killed in between, it is removed at the next start.
 * Thus each line is there once.
 */
final class AuditTrail {

  private final MapFile lines;
  private final MapFile keys;
  private final AuditArchive archive;
  private final int capacity;
  private long first;
  private long next;

  /**
   * Takes over the three parts.
   *
   * @param capacity with how many lines in the map the older half is archived
   * @param unclean whether the last process that wrote may have been killed
   */
  AuditTrail(MapFile lines, MapFile keys, AuditArchive archive, int capacity, boolean unclean) {
    this.lines = lines;
    this.keys = keys;
    this.archive = archive;
    this.capacity = capacity;
    this.first = archive.last() + 1;
    this.next = first + lines.size();
    if (unclean || !isWhole()) {
      settle();
    }
  }

  private boolean isWhole() {
    return keys.size() == lines.size()
        && (lines.size() == 0
            || (lines.contains(AuditLine.key(first)) && lines.contains(AuditLine.key(next - 1))));
  }

  private void settle() {
    next = first;
    for (byte[] place : lines.keys()) {
      byte[] value = lines.get(place);
      if (value != null) {
        settle(place, AuditLine.keyIn(value));
      }
    }
    for (byte[] key : keys.keys()) {
      byte[] place = keys.get(key);
      if (place != null && !lines.contains(place)) {
        keys.remove(key);
      }
    }
  }

  private void settle(byte[] place, byte[] key) {
    long number = AuditLine.number(place);
    if (number < first) {
      keys.remove(key);
      lines.remove(place);
      return;
    }
    next = Math.max(next, number + 1);
    if (!Arrays.equals(keys.get(key), place)) {
      keys.put(key, place);
    }
  }

  /**
   * Appends a line, unless one of this key is among the lines in the map.
   *
   * @return the number of the line, or of the one that was there
   * @throws StoreFullException if there is no room for it and none can be made
   */
  long append(byte[] key, byte[] text) {
    byte[] known = keys.get(key);
    if (known != null) {
      return AuditLine.number(known);
    }
    if (lines.size() >= capacity) {
      archive(capacity / 2);
    }
    byte[] number = AuditLine.key(next);
    try {
      put(number, key, text);
    } catch (StoreFullException e) {
      archive(Integer.MAX_VALUE);
      put(number, key, text);
    }
    return next++;
  }

  private void put(byte[] number, byte[] key, byte[] text) {
    lines.put(number, AuditLine.value(key, text));
    try {
      keys.put(key, number);
    } catch (StoreFullException e) {
      lines.remove(number);
      throw e;
    }
  }

  private void archive(int number) {
    List<AuditLine> oldest = new ArrayList<>();
    long end = Math.min(next, first + number);
    for (long n = first; n < end; n++) {
      read(n, oldest::add);
    }
    try {
      if (!oldest.isEmpty()) {
        archive.append(oldest);
      }
    } catch (IOException e) {
      throw new StoreFullException("the audit trail is full and cannot be archived: " + e, e);
    }
    for (AuditLine line : oldest) {
      keys.remove(line.key().getBytes(StandardCharsets.UTF_8));
      lines.remove(AuditLine.key(line.number()));
    }
    first = end;
  }

  /** Returns false if the visitor wants no more. */
  private boolean read(long number, Predicate<AuditLine> visitor) {
    byte[] value = lines.get(AuditLine.key(number));
    return value == null || visitor.test(AuditLine.read(number, value));
  }

  /**
   * All lines from a number on, in their order.
   *
   * @param visitor returns false if it wants no more
   */
  void visit(long fromNumber, Predicate<AuditLine> visitor) {
    boolean more;
    try {
      more = archive.visit(fromNumber, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the archive of the audit trail", e);
    }
    long end = next;
    for (long number = Math.max(first, fromNumber); number < end && more; number++) {
      more = read(number, visitor);
    }
  }
}
