package org.quicksilver.transaction;

/**
 * How far one participant has come; never goes back, save that a read-only voter may be enlisted
 * again.
 */
public enum Progress {
  /** It has joined and been told nothing yet. */
  JOINED,

  /** A vote request is out; its vote is awaited. */
  ASKED,

  /** Its vote is in. */
  VOTED,

  /** It has been told of the end; its acknowledgement is awaited. */
  ENDING,

  /** It has taken notice of the end, or had no part in it, or is dead with its volatile state. */
  ENDED
}
