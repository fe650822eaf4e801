package org.quicksilver.agent.track;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** What takes requests apart belongs to one connection, whatever its thread has read last. */
final class ParsersTest {

  private final Branches branches = new Branches(1, 1);
  private final Inflow first = new Inflow(branches.begin(Branch.Origin.ACCEPTED));
  private final Inflow second = new Inflow(branches.begin(Branch.Origin.ACCEPTED));
  private final Parsers parsers = new Parsers();

  @Test
  void aParserGoesOnWithTheConnectionOfItsFirstRequest() {
    Object parser = new Object();
    assertNull(parsers.of(parser, null));
    assertSame(first, parsers.of(parser, first));
    assertSame(first, parsers.of(parser, first));
    assertSame(first, parsers.of(parser, second));
    assertSame(first, parsers.of(parser, null));
  }

  @Test
  void aConnectionThatHasAParserIsNoOthers() {
    Object parser = new Object();
    Object other = new Object();
    assertSame(first, parsers.of(parser, first));
    assertNull(parsers.of(other, first), "its thread has read of that one before");
    assertSame(second, parsers.of(other, second));
  }
}
