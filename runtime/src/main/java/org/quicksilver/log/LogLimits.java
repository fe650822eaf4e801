package org.quicksilver.log;

import java.nio.ByteBuffer;

/**
 * Sizes of a log, bytes.
 *
 * @param segment size of a segment file. Too small: the log stops to make a new one too often, and
 *     records are short; too large: what is no longer needed stays long, and opening reads it
 * @param most size of all segments. Too small: the log is full because of one slow participant; too
 *     large: the disk is full before
 * @param buffer memory for what is not written yet, twice. Too small: few records go into one
 *     group; too large: wasted
 */
public record LogLimits(int segment, long most, int buffer) {

  /** Segments of 4 MiB, 256 MiB of them, 1 MiB of memory. */
  public static final LogLimits USUAL = new LogLimits(4 << 20, 256L << 20, 1 << 20);

  /** Smallest segment and buffer. */
  public static final int SMALLEST = 4096;

  /** Largest segment. */
  public static final int LARGEST_SEGMENT = 64 << 20;

  /** Refuses what cannot work. */
  public LogLimits {
    if (segment < SMALLEST || segment > LARGEST_SEGMENT || segment % RecordFormat.SECTOR != 0) {
      throw new IllegalArgumentException(
          "a segment of " + segment + " bytes: whole sectors, 4 KiB to 64 MiB, are possible");
    }
    if (buffer < SMALLEST || buffer > LARGEST_SEGMENT) {
      throw new IllegalArgumentException("a buffer of " + buffer + " bytes: 4 KiB to 64 MiB");
    }
    if (most < 2L * segment) {
      throw new IllegalArgumentException("a log has at least two segments, not " + most + " bytes");
    }
  }

  /** Longest payload: whatever else comes with it, it fits into a segment and into memory. */
  public int longestPayload() {
    return longestRecord() - RecordFormat.size(LogParticipant.LONGEST_NAME, 0);
  }

  /** Bytes of a participant's record; refuses one that is too long. */
  int sizeOf(LogParticipant participant, ByteBuffer payload) {
    if (payload.remaining() > longestPayload()) {
      throw new IllegalArgumentException(
          "a record of "
              + payload.remaining()
              + " bytes; at most "
              + longestPayload()
              + " can be logged");
    }
    return RecordFormat.size(participant.name().length(), payload.remaining());
  }

  /** Longest record, of a participant or of the log itself. */
  int longestRecord() {
    return Math.min(segment, buffer) / 4 & -RecordFormat.ALIGNMENT;
  }
}
