package org.quicksilver.memory.lrvm;

/** What a record of the log says. */
enum RecordType {
  /** New bytes, committed: of one transaction, or of several that were merged. */
  COMMIT(1),

  /** New bytes of a transaction whose outcome is open; its name is the first range. */
  PREPARE(2),

  /** A prepared transaction is committed; the new bytes once more, so that their place is here. */
  RESOLVED_COMMIT(3),

  /** A prepared transaction is aborted. */
  RESOLVED_ABORT(4);

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static boolean isKnown(int code) {
    return code >= COMMIT.code && code <= RESOLVED_ABORT.code;
  }

  /** Whether its ranges belong into the segments. */
  static boolean isRedone(int code) {
    return code == COMMIT.code || code == RESOLVED_COMMIT.code;
  }
}
