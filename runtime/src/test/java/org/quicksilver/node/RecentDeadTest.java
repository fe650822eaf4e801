package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicksilver.handle.Endpoints;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.log.NodeStore;
import org.quicksilver.transaction.TransactionId;

/** Which connection was a dead JVM's, and which only has the ends of one. */
class RecentDeadTest {

  private static final String CONNECTION = "127.0.0.1:40001 -> 127.0.0.1:8080";
  private static final TransactionId TAG = new TransactionId(1, 7, 3);
  private static final long OPENED = 100_000;
  private static final long DIED = 110_000;
  private static final List<Long> US = List.of(ProcessHandle.current().pid());

  @TempDir Path directory;

  private NodeLog log;
  private NodeStore store;
  private Ledger ledger;
  private Links links;
  private RecentDead dead;

  @BeforeEach
  void open() throws IOException {
    log = new NodeLog(directory.resolve("log"));
    store = NodeStore.open(directory.resolve("store"));
    ledger = new Ledger(store, log, new Counters());
    links = new Links(ledger);
    dead = at(DIED);
    dead.add(7, List.of(socket(false), socket(true)), US);
  }

  private RecentDead at(long millis) {
    return new RecentDead(ledger, links, Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
  }

  private static HandleRecord socket(boolean accepted) {
    return socket(accepted, accepted ? "127.0.0.1:9090 -> 127.0.0.1:50001" : CONNECTION);
  }

  private static HandleRecord socket(boolean accepted, String what) {
    return new HandleRecord(
        5, 1, HandleKind.SOCKET, accepted, TAG, OPENED, "main", what, true, 0, "");
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    log.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {OPENED - 1_000, OPENED, DIED})
  void connectionThatWasAcceptedSinceItWasOpenedIsItsOnce(long acceptedAt) {
    assertEquals(TAG, dead.take(CONNECTION, acceptedAt).orElseThrow().transaction());
    assertTrue(dead.take(CONNECTION, acceptedAt).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, OPENED - 3_000, DIED + 1})
  void connectionThatWasAcceptedAtAnotherTimeOnlyHasItsEnds(long acceptedAt) {
    assertTrue(dead.take(CONNECTION, acceptedAt).isEmpty());
    assertTrue(dead.take(CONNECTION, DIED).isPresent(), "still there for whom it belongs to");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void connectionThatWaitsMayBeAcceptedLongAfter(String host) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName(host))) {
      Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
      String connection = ends(client);
      client.close();
      dead.add(8, List.of(socket(false, connection)), US);
      assertTrue(dead.has(connection, DIED + 59_000));
      server.accept().close();
      dead.add(8, List.of(socket(false, connection)), US);
      assertFalse(dead.has(connection, DIED + 1), "it is over");
    }
  }

  @Test
  void connectionThatIsOpenWasAcceptedAboutThen() throws IOException {
    try (ServerSocket server = new ServerSocket(0);
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      String connection = ends(client);
      dead.add(8, List.of(socket(false, connection)), US);
      assertTrue(dead.has(connection, DIED + 1_000));
      assertFalse(dead.has(connection, DIED + 3_000), accepted::toString);
    }
  }

  private static String ends(Socket client) {
    return new String(
        Endpoints.connection(client.getLocalSocketAddress(), client.getRemoteSocketAddress()),
        StandardCharsets.ISO_8859_1);
  }

  @Test
  void connectionAfterOneThatHadBeenAcceptedOnlyHasItsEnds() {
    TransactionId provisional = new TransactionId(1, 8, 2);
    links.put(new Link(8, provisional, TAG, 9, "127.0.0.1:8080", "127.0.0.1:40001", false, 0));
    dead.add(9, List.of(socket(false)), US);
    assertEquals(7, dead.take(CONNECTION, DIED).orElseThrow().incarnation());
    assertTrue(dead.take(CONNECTION, DIED).isEmpty());
  }

  @Test
  void whatItHadAcceptedItselfIsNobodys() {
    assertTrue(dead.take("127.0.0.1:9090 -> 127.0.0.1:50001", OPENED).isEmpty());
  }

  @Test
  void successorKnowsItUntilItIsOld() {
    RecentDead successor = at(DIED + 50_000);
    successor.load();
    successor.forgetOld();
    assertTrue(successor.take(CONNECTION, OPENED).isPresent());
    dead.add(7, List.of(socket(false)), US);
    RecentDead late = at(DIED + 61_000);
    late.load();
    late.forgetOld();
    assertTrue(late.take(CONNECTION, OPENED).isEmpty());
  }
}
