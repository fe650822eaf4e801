package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.ProgramMessage;
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
  private TransactionId announced;
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
    announced = acceptor.issue();
    acceptor.accepted(announced, ACCEPTOR, OPENER);
    acceptor.await(Message.Joined.class);
    clients = client.issue();
    client.connectTo(clients, "127.0.0.1:40002", "127.0.0.1:8081");
    accepted = opener.issue();
    opener.accepted(accepted, "127.0.0.1:8081", "127.0.0.1:40002");
    assertEquals(clients, opener.await(Message.Joined.class).transaction());
  }

  private TransactionId ask(long from) throws Exception {
    return ask(from, 0);
  }

  private TransactionId ask(long from, int request) throws Exception {
    TransactionId turn = acceptor.issue();
    acceptor.send(new TurnMessage.Turned(turn, announced, ACCEPTOR, OPENER, from, request));
    assertEquals(
        new TurnMessage.Asked(turn, OPENER, ACCEPTOR, from, request),
        opener.await(TurnMessage.Asked.class));
    return turn;
  }

  /** Two requests that came with the same bytes, and are over at different times. */
  @Test
  void requestsThatShareAConnectionAtTheSameTimeAreTurnsOfTheirOwn() throws Exception {
    TransactionId one = ask(17, 5);
    opener.send(new TurnMessage.Answered(one, true, clients));
    assertEquals(new Message.Joined(one, clients), acceptor.await(Message.Joined.class));
    TransactionId other = ask(17, 7);
    opener.send(new TurnMessage.Answered(other, true, clients));
    assertEquals(new Message.Joined(other, clients), acceptor.await(Message.Joined.class));
    acceptor.send(new TurnMessage.Over(one));
    client.closed(clients, "127.0.0.1:40002", "127.0.0.1:8081", false);
    opener.closed(accepted, "127.0.0.1:8081", "127.0.0.1:40002", true);
    assertEquals(new Message.End(clients, false), acceptor.await(Message.End.class));
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
  void acceptorThatTellsOfAPooledConnectionLateLearnsItToo() throws Exception {
    String local = "127.0.0.1:40003";
    TransactionId own = opener.issue();
    opener.send(new TurnMessage.Pooled(own, own, local, ACCEPTOR));
    long now = System.currentTimeMillis();
    opener.remember(own, local, ACCEPTOR, now, now + 60_000);
    TransactionId late = acceptor.issue();
    acceptor.accepted(late, ACCEPTOR, local);
    acceptor.closed(late, ACCEPTOR, local, true);
    assertEquals(new Message.Joined(late, own), acceptor.await(Message.Joined.class));
    assertEquals(
        new TurnMessage.Pooled(late, own, local, ACCEPTOR),
        acceptor.await(TurnMessage.Pooled.class));
  }

  @Test
  void whoWasNotConnectedIsAskedAgain() throws Exception {
    opener.disconnect();
    TransactionId turn = acceptor.issue();
    acceptor.send(new TurnMessage.Turned(turn, announced, ACCEPTOR, OPENER, 5, 0));
    opener.connect();
    opener.await(TurnMessage.Asked.class);
    opener.send(new TurnMessage.Answered(turn, true, clients));
    assertEquals(new Message.Joined(turn, clients), acceptor.await(Message.Joined.class));
  }

  /** Whatever comes first: the word of the new connection, or of its turn. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void formerConnectionWithTheSameEndsIsNotMeant(boolean turnFirst) throws Exception {
    opener.send(new ProgramMessage.Leave());
    Awaitility.await()
        .until(() -> command.list("{'command':'jvms'}").size(), Integer.valueOf(2)::equals);
    FakeAgent next = agent();
    TransactionId turn = acceptor.issue();
    TransactionId another = acceptor.issue();
    Message turned = new TurnMessage.Turned(turn, another, ACCEPTOR, OPENER, 0, 0);
    if (turnFirst) {
      acceptor.send(turned);
    }
    acceptor.accepted(another, ACCEPTOR, OPENER);
    if (!turnFirst) {
      acceptor.send(turned);
    }
    // The opener writes its ends down only after the other side has accepted: the node has read all
    // of that when it answers what comes after.
    command.list("{'command':'jvms'}");
    TransactionId fresh = next.issue();
    next.connectTo(fresh, OPENER, ACCEPTOR);
    assertEquals(new Message.Joined(another, fresh), acceptor.await(Message.Joined.class));
    next.await(TurnMessage.Asked.class);
    next.send(new TurnMessage.Answered(turn, false, turn));
    assertEquals(new Message.Joined(turn, fresh), acceptor.await(Message.Joined.class));
  }
}
