package org.quicksilver.memory;

/**
 * When a commit may return, and so what it survives then. Commits become durable in the order in
 * which they were made: what survives is always a beginning of them.
 */
public enum CommitMode {
  /** When it survives all that {@link RecoverableMemory#durability} names. */
  FLUSH,

  /** When it survives the death of this process; not a power failure. */
  OS_BUFFERED,

  /**
   * At once: it is lost with the process until a flush. The window of vulnerability; bounded by the
   * next {@link RecoverableMemory#flush} or {@link #FLUSH} commit, and {@link
   * MemoryOptions#longestDelay}.
   */
  NO_FLUSH
}
