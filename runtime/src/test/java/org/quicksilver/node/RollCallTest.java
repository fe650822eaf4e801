package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.quicksilver.Quicksilver;
import org.quicksilver.Transaction;
import org.quicksilver.TransactionAbortedException;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;
import org.quicksilver.transaction.TransactionId;

/** A process that worked for a transaction dies just before the commit, unnoticed by its node. */
@Timeout(60)
class RollCallTest extends NodeFixture {

  /** A node that has been looking for so long whether somebody is dead looks seldom. */
  private static final Duration UNTIL_IT_LOOKS_SELDOM = Duration.ofMillis(300);

  private static final int ROUNDS = 5;

  @Test
  void whoeverWorkedAndIsDeadFailsTheCommit() throws Exception {
    start();
    try (Quicksilver quicksilver = Quicksilver.open(home.directory())) {
      for (int i = 0; i < ROUNDS; i++) {
        ForkedJvm worker = unwatched(home);
        Transaction transaction = quicksilver.begin();
        quicksilver.queues().tookPart(transaction.id(), worker.incarnation());
        worker.kill();
        assertThrows(TransactionAbortedException.class, transaction::commit);
      }
    }
  }

  @Test
  void theSameOnAnotherNode() throws Exception {
    start();
    Home there = new Home(directory.resolve("there"));
    String options = "home=" + there.directory() + ",peers=" + home.directory();
    closing(Node.start(Settings.read(options, new Properties(), Map.of())));
    try (Quicksilver quicksilver = Quicksilver.open(home.directory());
        Quicksilver other = Quicksilver.open(there.directory())) {
      for (int i = 0; i < ROUNDS; i++) {
        ForkedJvm worker = unwatched(there);
        Transaction transaction = quicksilver.begin();
        join(other, transaction.id(), worker);
        worker.kill();
        assertThrows(TransactionAbortedException.class, transaction::commit);
      }
    }
  }

  /** As a program of that node that is given the transaction does it, and names the worker. */
  private static void join(Quicksilver at, TransactionId transaction, ForkedJvm worker)
      throws Exception {
    at.queues().register(transaction, transaction.node()).get();
    at.queues().send(new QueueMessage.TookPart(transaction, List.of(worker.incarnation())));
  }

  /** Its node is not told of its death by the end of a channel. */
  private ForkedJvm unwatched(Home where) throws Exception {
    ForkedJvm worker = closing(new ForkedJvm(where)).connected();
    worker.tell("disconnect");
    Thread.sleep(UNTIL_IT_LOOKS_SELDOM.toMillis());
    return worker;
  }
}
