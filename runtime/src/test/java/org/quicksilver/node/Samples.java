package org.quicksilver.node;

import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.transaction.TransactionId;

/** Values for tests. */
final class Samples {

  private Samples() {}

  static HandleRecord handle(TransactionId tid) {
    return handle(tid, 7, "/tmp/leak");
  }

  /** One of many, named by its number. */
  static HandleRecord handle(FakeAgent agent, long number) {
    return handle(agent.process(), (int) number, "/tmp/leak" + number);
  }

  private static HandleRecord handle(TransactionId tid, int slot, String what) {
    return new HandleRecord(
        slot, 1, HandleKind.FILE, false, tid, 1000, "main", what, true, 0, "a.B.c(B.java:1)");
  }
}
