package org.quicksilver.agent.track;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.quicksilver.transaction.TransactionId;

/** For whom each part of a stream was written, and for whom is worked after each read. */
final class FlowTest {

  private final Branches branches = new Branches(1, 1);
  private final Branch first = branches.begin(Branch.Origin.ACCEPTED);
  private final Branch second = branches.begin(Branch.Origin.ACCEPTED);

  @Test
  void aConnectionThatServesOneHasNoTurns() {
    Outflow outflow = new Outflow();
    outflow.turn(first, first);
    outflow.wrote(10);
    assertFalse(outflow.hasTurns());
    assertFalse(outflow.becomesPooled(false));
    assertNull(outflow.at(0, 0));
  }

  @Test
  void eachByteIsOfWhomItWasWrittenFor() {
    Outflow outflow = new Outflow();
    outflow.turn(first, first);
    outflow.wrote(10);
    outflow.turn(second, first);
    assertTrue(outflow.becomesPooled(false));
    outflow.wrote(5);
    outflow.turn(first, first);
    assertFalse(outflow.becomesPooled(false), "it is already");
    assertSame(first, outflow.at(9, 0));
    assertSame(second, outflow.at(10, 0));
    assertSame(second, outflow.at(14, 0));
    assertSame(first, outflow.at(15, 0));
  }

  /** The other side tells requests apart by its answers. */
  @Test
  void fromWhereRequestsOverlapTheyAreOfTheConnectionItself() {
    Branch conversation = branches.begin(Branch.Origin.CONVERSATION);
    Outflow outflow = new Outflow();
    write(outflow, first, conversation);
    outflow.heard();
    write(outflow, second, conversation);
    outflow.share(conversation);
    assertSame(first, outflow.at(0, 0));
    assertSame(second, outflow.at(10, 0), "it was answered before");
    write(outflow, conversation, conversation);
    write(outflow, second, conversation);
    outflow.heard();
    write(outflow, second, conversation);
    assertSame(second, outflow.at(30, 0), "a ping of the process in between is nobody's request");
    write(outflow, first, conversation);
    assertSame(second, outflow.at(30, 0), "it was answered before");
    assertSame(conversation, outflow.at(40, 0));
    assertSame(conversation, outflow.at(50, 0));
    assertSame(first, outflow.at(0, 0), "that was before");
  }

  private static void write(Outflow outflow, Branch branch, Branch owner) {
    if (outflow.writer() != branch) {
      outflow.turn(branch, owner);
    }
    outflow.wrote(10);
  }

  @Test
  void whoeverWroteNothingHasNoTurn() {
    Outflow outflow = new Outflow();
    outflow.turn(first, first);
    outflow.wrote(10);
    outflow.turn(second, first);
    outflow.turn(first, first);
    assertSame(first, outflow.at(10, 0));
  }

  @Test
  void aConnectionOpenedBeforehandBelongsToItsFirstUserFromItsFirstByte() {
    Branch conversation = branches.begin(Branch.Origin.CONVERSATION);
    Outflow outflow = new Outflow();
    outflow.turn(first, conversation);
    assertSame(first, outflow.at(0, 0));
    assertTrue(outflow.becomesPooled(true), "it serves another than itself");
  }

  @Test
  void onlyTheLatestTurnsAreRemembered() {
    Outflow outflow = new Outflow();
    for (int i = 0; i < 10_000; i++) {
      outflow.turn(i % 2 == 0 ? first : second, first);
      outflow.wrote(1);
    }
    for (int i = 9800; i < 10_000; i++) {
      assertSame(i % 2 == 0 ? first : second, outflow.at(i, 0));
    }
    assertNull(outflow.at(0, 0));
  }

  /** Who is served for long must not fill the heap with whom he was served before. */
  @Test
  void thoseOfLongAgoThatHaveEndedAreForgotten() {
    Stretches stretches = new Stretches(100);
    for (int i = 0; i < 10; i++) {
      stretches.begin(i, i % 5 == 0 ? first : branches.begin(Branch.Origin.ACCEPTED), first, false);
    }
    Branch fourth = stretches.at(4);
    Branch last = stretches.at(9);
    for (int i = 1; i < 10; i++) {
      if (i != 4 && i != 5) {
        branches.forget(stretches.at(i));
      }
    }
    long now = System.nanoTime();
    stretches.forgetOld(now + Duration.ofMinutes(2).toNanos());
    assertNotNull(stretches.at(1), "it has just begun to be old");
    stretches.forgetOld(now + Duration.ofMinutes(4).toNanos());
    for (int i : new int[] {1, 2, 3, 6, 7}) {
      assertNull(stretches.at(i), "of " + i);
    }
    assertSame(fourth, stretches.at(4));
    assertSame(first, stretches.at(5));
    assertSame(last, stretches.at(9));
    assertSame(first, stretches.at(0));
  }

  @Test
  void connectionsClosedTwoLooksAgoAreForgotten() {
    Outflows outflows = new Outflows();
    Outflow open = new Outflow();
    Outflow closed = new Outflow();
    outflows.put("a", open);
    outflows.put("b", closed);
    closed.close();
    outflows.forgetClosed();
    assertSame(closed, outflows.find("b"));
    outflows.put("a", closed);
    outflows.forgetClosed();
    assertNull(outflows.find("b"));
    assertSame(closed, outflows.find("a"), "another connection with these ends");
  }

  @Test
  void anExchangeThatLeavesNothingOpenLetsTheNextUseItsBranch() {
    first.opened(); // the connection
    Inflow inflow = new Inflow(first);
    inflow.read(10, branches);
    inflow.answered();
    assertFalse(inflow.read(0, branches), "who only looks begins nothing");
    assertEquals(0, first.from());
    assertFalse(inflow.read(5, branches));
    assertSame(first, inflow.reading());
    assertEquals(10, first.from());
  }

  /** Of requests that came together only the first is read. */
  @Test
  void whatWasReadBeforeBeginsAnExchangeWhenItIsTakenUp() {
    first.opened(); // the connection
    Inflow inflow = new Inflow(first);
    inflow.read(10, branches);
    first.opened();
    assertSame(first, inflow.next(branches));
    inflow.answered();
    assertNotSame(first, inflow.next(branches));
  }

  @Test
  void anExchangeThatLeavesSomethingOpenIsTheLastOfItsBranch() {
    first.opened(); // the connection
    Inflow inflow = new Inflow(first);
    inflow.read(10, branches);
    first.opened();
    assertSame(first, inflow.reading(), "nothing was answered yet");
    inflow.answered();
    assertFalse(inflow.read(0, branches), "who only looks begins nothing");
    assertTrue(inflow.read(5, branches));
    Branch next = inflow.work();
    assertNotSame(first, next);
    assertTrue(next.isTurn() && next.from() == 10);
    assertFalse(next.isOtherThan(first), "of the same connection, and nothing else is known");
  }

  @Test
  void aTurnForWhichNothingIsOpenIsForgottenAndMayBeginAnew() {
    TransactionId transaction = new TransactionId(1, 2, 3);
    Branch turn = branches.turn(first, 10, 0);
    branches.inUse(turn);
    turn.opened();
    turn.announce();
    branches.join(turn.provisional(), transaction);
    assertEquals(List.of(), branches.forgetEmptyTurns(over -> {}));
    turn.closed();
    assertEquals(
        List.of(), branches.forgetEmptyTurns(over -> {}), "it may be in use the next moment");
    assertEquals(List.of(turn), branches.forgetEmptyTurns(over -> {}));
    assertNull(branches.find(turn.provisional()));
    assertEquals(List.of(), branches.end(transaction));
    branches.inUse(turn);
    branches.join(turn.provisional(), transaction);
    assertEquals(List.of(turn), branches.end(transaction));
  }

  @Test
  void aTurnOfWhichTheNodeWasNeverToldIsForgottenToo() {
    Branch turn = branches.turn(first, 10, 0);
    branches.inUse(turn);
    turn.opened();
    turn.closed();
    List<Branch> told = new ArrayList<>();
    branches.forgetEmptyTurns(told::add);
    assertEquals(List.of(turn), branches.forgetEmptyTurns(told::add));
    assertNull(branches.find(turn.provisional()));
    assertEquals(List.of(), told);
  }

  @Test
  void everyExchangeOfAPooledConnectionHasItsOwn() {
    first.opened(); // the connection
    Inflow inflow = new Inflow(first);
    Branch own = branches.begin(Branch.Origin.ACCEPTED);
    Branch rest = inflow.pool(branches, own);
    assertSame(rest, inflow.reading());
    assertSame(rest, first.heir());
    inflow.answered();
    assertTrue(inflow.read(5, branches));
    Branch next = inflow.work();
    assertNotSame(rest, next);
    assertTrue(next.isOtherThan(rest));
    assertNull(inflow.pool(branches, own), "once only");
  }

  @Test
  void eachRequestOfManyAtTheSameTimeIsOfWhomItWasWrittenFor() {
    Outflow outflow = new Outflow();
    assertTrue(outflow.request(1, first, first));
    assertFalse(outflow.hasTurns(), "as its connection");
    assertFalse(outflow.request(3, first, first));
    assertTrue(outflow.request(5, second, first));
    assertTrue(outflow.becomesPooled(false));
    assertFalse(outflow.request(1, second, first), "the end of an earlier one");
    assertTrue(outflow.request(7, first, first));
    assertSame(first, outflow.at(0, 3));
    assertSame(second, outflow.at(0, 5));
    assertSame(first, outflow.at(0, 7));
    assertNull(outflow.at(0, 0), "of its bytes nothing is known");
  }

  @Test
  void requestsOfWhichNothingIsKnownAreAskedForByTheirBytes() {
    Outflow outflow = new Outflow();
    outflow.turn(first, first);
    outflow.wrote(10);
    outflow.turn(second, first);
    assertSame(second, outflow.at(10, 5));
  }

  @Test
  void requestsOfSeveralOfWhichNothingIsKnownAreTheConnectionsOwn() {
    Outflow outflow = new Outflow();
    outflow.turn(first, first);
    outflow.wrote(10);
    outflow.heard();
    outflow.turn(second, first);
    Branch process = branches.process();
    outflow.share(process);
    assertSame(process, outflow.at(10, 5));
    assertSame(second, outflow.at(10, 0));
    assertTrue(outflow.request(7, second, first));
    assertSame(second, outflow.at(10, 7));
    assertSame(process, outflow.at(10, 5), "begun before");
  }

  @Test
  void eachRequestHasABranchOfItsOwnWhereverItsPartsComeIn() {
    Inflow inflow = new Inflow(first);
    inflow.reading();
    inflow.read(10, branches);
    Branch one = inflow.ofRequest(1, branches);
    inflow.reading();
    inflow.read(10, branches);
    Branch other = inflow.ofRequest(3, branches);
    assertNotSame(one, other);
    assertSame(one, inflow.ofRequest(1, branches));
    assertEquals(0, one.from());
    assertEquals(10, other.from());
    assertEquals(3, other.request());
    assertSame(first, other.ofConnection());
  }

  @Test
  void bytesThatWaitAreOfWhomTheyWereLeftFor() {
    Outflow outflow = new Outflow();
    leave(outflow, true, first, 10);
    leave(outflow, false, second, 5);
    leave(outflow, false, first, 5);
    outflow.wrote(20);
    assertSame(first, outflow.at(9, 0));
    assertSame(second, outflow.at(10, 0));
    assertSame(first, outflow.at(15, 0));
  }

  /** A file is said to have no length while it waits. */
  @Test
  void whereNothingWaitsWhatWasWrittenCounts() {
    Outflow outflow = new Outflow();
    leave(outflow, true, first, 0);
    outflow.wrote(100);
    leave(outflow, true, second, 5);
    outflow.wrote(5);
    assertSame(first, outflow.at(99, 0));
    assertSame(second, outflow.at(100, 0));
  }

  private void leave(Outflow outflow, boolean isFirst, Branch whose, int bytes) {
    outflow.queue(isFirst);
    if (outflow.writer() != whose) {
      outflow.turn(whose, first);
    }
    outflow.queued(bytes);
  }

  /** Better the connection's than another client's. */
  @Test
  void whereRequestsShareAConnectionAndNobodySaysWhichIsWhoseAllIsTheConnections() {
    first.opened(); // the connection
    Inflow inflow = new Inflow(first);
    inflow.reading();
    byte[] begin = "PRI * HTTP/2.0".getBytes(StandardCharsets.US_ASCII);
    inflow.read(begin.length, ByteBuffer.allocate(100).position(3).put(begin), 3, branches);
    Branch own = branches.begin(Branch.Origin.ACCEPTED);
    assertSame(own, inflow.pool(branches, own));
    inflow.answered();
    own.opened();
    assertSame(own, inflow.reading());
    assertSame(own, first.heir());
  }

  @Test
  void whereTheyAreNumberedEachIsItsOwn() {
    Inflow inflow = new Inflow(first);
    inflow.reading();
    byte[] begin = "PRI * HTTP/2.0".getBytes(StandardCharsets.US_ASCII);
    inflow.read(begin.length, ByteBuffer.allocate(100).put(begin), 0, branches);
    inflow.ofRequest(1, branches);
    Branch own = branches.begin(Branch.Origin.ACCEPTED);
    assertNotSame(own, inflow.pool(branches, own));
  }

  @Test
  void whatIsSharedOnlyAfterAnAnswerIsTheConnectionsFromThen() {
    Inflow inflow = new Inflow(first);
    inflow.reading();
    inflow.read(3, branches);
    Branch own = branches.begin(Branch.Origin.ACCEPTED);
    Branch rest = inflow.pool(branches, own);
    assertNotSame(own, rest);
    inflow.answered();
    inflow.reading();
    inflow.read(0, branches);
    inflow.reading();
    byte[] begin = "PRI * HTTP/2.0".getBytes(StandardCharsets.US_ASCII);
    inflow.read(begin.length, ByteBuffer.allocate(100).put(begin), 0, branches);
    assertSame(own, inflow.reading());
  }

  /** What was asked for before they share it stays a turn of its own. */
  @Test
  void whatIsSharedBeforeItIsKnownToBePooledIsTheConnectionsOnlyFromThen() {
    first.opened(); // the connection
    Inflow inflow = new Inflow(first);
    inflow.reading();
    assertFalse(inflow.read(40, branches));
    inflow.answered();
    inflow.reading();
    byte[] begin = "PRI * HTTP/2.0".getBytes(StandardCharsets.US_ASCII);
    assertTrue(inflow.read(begin.length, ByteBuffer.allocate(100).put(begin), 0, branches));
    assertEquals(0, first.from(), "to be told that they may share it is no answer");
    Branch mixture = inflow.work();
    assertNotSame(first, mixture);
    assertSame(first, inflow.ofRequest(1, branches), "it has a number only now");
    assertTrue(mixture.isTurn() && mixture.from() == 40);
    Branch own = branches.begin(Branch.Origin.ACCEPTED);
    Branch rest = inflow.pool(branches, own);
    assertNotSame(own, rest);
    assertSame(rest, first.heir());
    assertSame(own, mixture.heir());
    assertSame(own, inflow.reading());
  }
}
