package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.log.NodeStore;
import org.quicksilver.transaction.TransactionId;

/** Which ID stands for which transaction, in whatever order the links are found. */
class LinksTest {

  private static final TransactionId ROOT = new TransactionId(1, 1, 2);

  @TempDir Path directory;

  private NodeLog log;
  private NodeStore store;
  private Ledger ledger;

  @BeforeEach
  void open() throws IOException {
    log = new NodeLog(directory.resolve("log"));
    store = NodeStore.open(directory.resolve("store"));
    ledger = new Ledger(store, log, new Counters());
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    log.close();
  }

  /** A chain of processes: the one opens, tagged with what it accepted, and the next accepts. */
  private static List<Link> chain(int length) {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      TransactionId tag = i == 0 ? ROOT : new TransactionId(1, i + 1, 7);
      TransactionId provisional = new TransactionId(1, i + 2, 7);
      links.add(new Link(i + 2, provisional, tag, i + 1, "s:" + i, "c:" + i, false, 0));
    }
    return links;
  }

  @Test
  void wholeChainStandsForItsRootInAnyOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      List<Link> chain = chain(6);
      Collections.shuffle(chain, random);
      Links links = new Links(ledger);
      chain.forEach(links::put);
      for (Link link : chain) {
        assertEquals(ROOT, links.resolve(link.provisional()), "seed " + seed);
        assertTrue(links.isProvisional(link.provisional()), "seed " + seed);
      }
      assertEquals(6, links.of(ROOT).size(), "seed " + seed);
      assertFalse(links.isProvisional(ROOT));
    }
  }

  @Test
  void successorFindsTheSame() {
    Links links = new Links(ledger);
    chain(5).forEach(links::put);
    Links successor = new Links(ledger);
    successor.load();
    assertEquals(ROOT, successor.resolve(new TransactionId(1, 6, 7)));
    assertEquals(5, successor.of(ROOT).size());
  }

  @Test
  void forgottenTransactionLeavesNothing() {
    Links links = new Links(ledger);
    chain(5).forEach(links::put);
    links.forget(ROOT);
    TransactionId last = new TransactionId(1, 6, 7);
    assertEquals(last, links.resolve(last));
    assertEquals(List.of(), links.of(ROOT));
    Links successor = new Links(ledger);
    successor.load();
    assertEquals(List.of(), successor.of(ROOT));
  }

  @Test
  void aTurnThatIsOverLeavesNothingAndItsConnectionStays() {
    Links links = new Links(ledger);
    Link connection = chain(1).get(0);
    links.put(connection);
    TransactionId turn = new TransactionId(1, 2, 9);
    TransactionId other = new TransactionId(1, 1, 3);
    links.put(new Link(2, turn, other, 1, "s:0", "c:0", false, 18));
    assertEquals(other, links.resolve(turn));
    assertEquals(1, links.of(ROOT).size());
    assertEquals(1, links.of(other).size());
    links.dropTurn(turn);
    links.dropTurn(connection.transaction());
    assertEquals(turn, links.resolve(turn));
    assertEquals(List.of(), links.of(other));
    assertEquals(1, links.of(ROOT).size());
    Links successor = new Links(ledger);
    successor.load();
    assertEquals(List.of(), successor.of(other));
  }

  @Test
  void connectionWithTheSameEndsReplacesTheOldOne() {
    Links links = new Links(ledger);
    Link first = chain(1).get(0);
    links.put(first);
    TransactionId other = new TransactionId(1, 1, 3);
    links.put(new Link(2, new TransactionId(1, 2, 8), other, 1, "s:0", "c:0", false, 0));
    assertEquals(List.of(), links.of(ROOT));
    assertEquals(1, links.of(other).size());
    assertEquals(ROOT, links.resolve(first.provisional()));
  }
}
