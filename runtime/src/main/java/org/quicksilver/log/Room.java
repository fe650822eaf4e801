package org.quicksilver.log;

/** Whether the {@link Tail} can accept a record. */
enum Room {
  /** It can. */
  READY,

  /** What is in memory has to be written first. */
  BUFFER_FULL,

  /** Another segment has to be made first. */
  SEGMENT_MISSING
}
