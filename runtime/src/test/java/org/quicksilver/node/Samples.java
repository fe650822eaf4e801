package org.quicksilver.node;

import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.transaction.TransactionId;

/** Values for tests. */
final class Samples {

  private Samples() {}

  static HandleRecord handle(TransactionId tid) {
    return handle(tid, 7);
  }

  static HandleRecord handle(TransactionId tid, int slot) {
    return new HandleRecord(
        slot,
        1,
        HandleKind.FILE,
        false,
        tid,
        1000,
        "main",
        "/tmp/leak",
        true,
        0,
        "a.B.c(B.java:1)");
  }
}
