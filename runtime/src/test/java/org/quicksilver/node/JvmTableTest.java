package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.log.NodeStore;
import org.quicksilver.transaction.TransactionId;

/** What a node remembers of JVMs. */
class JvmTableTest {

  private static final long NODE = 5;
  private static final JvmRecord DEAD = new JvmRecord(7, 4711, 1, 2, "java Legacy", true, 3);

  @TempDir Path directory;

  @Test
  void transactionOfAnotherNodeBeganInNoJvmOfThisOne() throws IOException {
    NodeLog log = new NodeLog(directory.resolve("log"));
    try (NodeStore store = NodeStore.open(directory.resolve("store"))) {
      Ledger ledger = new Ledger(store, log, new Counters());
      new JvmTable(NODE, ledger).remember(DEAD);
      JvmTable successor = new JvmTable(NODE, ledger);
      successor.load();
      assertEquals(DEAD, successor.beginner(new TransactionId(NODE, 7, 1)));
      assertNull(successor.beginner(new TransactionId(NODE + 1, 7, 1)));
      assertNull(successor.beginner(new TransactionId(NODE, 8, 1)));
    } finally {
      log.close();
    }
  }
}
