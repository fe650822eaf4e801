package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.TurnMessage;
import org.quicksilver.transaction.TransactionId;

/** Parts of the stream of one connection belong to whom they were written for. */
class TurnsTest extends NodeFixture {

  private static final String OPENER = "127.0.0.1:40001";
  private static final String ACCEPTOR = "127.0.0.1:8080";

  private FakeAgent client;
  private FakeAgent opener;
  private FakeAgent acceptor;
  private TransactionId connection;
  private TransactionId clients;
  private TransactionId accepted;

  /** The opener's own conversation with the acceptor, and what it does for its client. */
  @BeforeEach
  void startAll() throws Exception {
    start();
    client = agent();
    opener = agent();
    acceptor = agent();
    connection = opener.issue();
    opener.connectTo(connection, OPENER, ACCEPTOR);
    acceptor.accepted(acceptor.issue(), ACCEPTOR, OPENER);
    acceptor.await(Message.Joined.class);
    clients = client.issue();
    client.connectTo(clients, "127.0.0.1:40002", "127.0.0.1:8081");
    accepted = opener.issue();
    opener.accepted(accepted, "127.0.0.1:8081", "127.0.0.1:40002");
    assertEquals(clients, opener.await(Message.Joined.class).transaction());
  }

  private TransactionId ask(long from) throws Exception {
    TransactionId turn = acceptor.issue();
    acceptor.send(new TurnMessage.Turned(turn, ACCEPTOR, OPENER, from));
    assertEquals(
        new TurnMessage.Asked(turn, OPENER, ACCEPTOR, from), opener.await(TurnMessage.Asked.class));
    return turn;
  }

  @Test
  void openerSaysForWhomItWrote() throws Exception {
    TransactionId turn = ask(17);
    opener.send(new TurnMessage.Answered(turn, true, clients));
    assertEquals(new Message.Joined(turn, clients), acceptor.await(Message.Joined.class));
  }

  @Test
  void whatTheOpenerDoesNotKnowBelongsToTheConnection() throws Exception {
    TransactionId turn = ask(0);
    opener.send(new TurnMessage.Answered(turn, false, turn));
    assertEquals(new Message.Joined(turn, connection), acceptor.await(Message.Joined.class));
  }

  @Test
  void acceptorIsToldTheEndOfWhomItServesByTurns() throws Exception {
    TransactionId turn = ask(17);
    opener.send(new TurnMessage.Answered(turn, true, clients));
    acceptor.await(Message.Joined.class);
    client.closed(clients, "127.0.0.1:40002", "127.0.0.1:8081", false);
    opener.closed(accepted, "127.0.0.1:8081", "127.0.0.1:40002", true);
    assertEquals(new Message.End(clients, false), acceptor.await(Message.End.class));
  }

  @Test
  void acceptorLearnsThatAConnectionIsPooled() throws Exception {
    TransactionId process = opener.process();
    opener.send(new TurnMessage.Pooled(process, process, OPENER, ACCEPTOR));
    TurnMessage.Pooled told = acceptor.await(TurnMessage.Pooled.class);
    assertEquals(process, told.transaction());
    assertEquals(ACCEPTOR, told.remote());
  }

  @Test
  void whoWasNotConnectedIsAskedAgain() throws Exception {
    opener.disconnect();
    TransactionId turn = acceptor.issue();
    acceptor.send(new TurnMessage.Turned(turn, ACCEPTOR, OPENER, 5));
    opener.connect();
    opener.await(TurnMessage.Asked.class);
    opener.send(new TurnMessage.Answered(turn, true, clients));
    assertEquals(new Message.Joined(turn, clients), acceptor.await(Message.Joined.class));
  }
}
