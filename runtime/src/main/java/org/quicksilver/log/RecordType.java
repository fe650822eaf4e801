package org.quicksilver.log;

import org.jspecify.annotations.Nullable;

/** What a record in the log is for. Only {@link #DATA} is anybody's but the log's own. */
enum RecordType {
  /** A participant's. */
  DATA,

  /**
   * Begins what is written in one go. Its number is that of the last record that had been forced
   * before: whoever misses one up to there has damage before him, not a torn end.
   */
  GROUP,

  /**
   * First record of each segment and of each generation: what was before it, which had been forced,
   * and all low-water marks. See {@link StartRecord}.
   */
  START,

  /** A participant's low-water mark. See {@link MarkRecord}. */
  MARK;

  private static final RecordType[] ALL = values();

  byte code() {
    return (byte) (ordinal() + 1);
  }

  static @Nullable RecordType of(byte code) {
    return code >= 1 && code <= ALL.length ? ALL[code - 1] : null;
  }
}
