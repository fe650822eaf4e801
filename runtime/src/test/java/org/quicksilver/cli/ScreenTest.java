package org.quicksilver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ScreenTest {

  @Test
  void columnsGivesTheWidth() {
    assertEquals(80, Screen.width("80"));
    assertEquals(120, Screen.width(null));
    assertEquals(120, Screen.width("wide"));
    assertEquals(40, Screen.width("7"));
    assertEquals(Screen.UNLIMITED, Screen.width("0"));
  }

  @Test
  void treesAreDrawnWithLinesWhereTheCharsetHasThem() {
    assertTrue(Screen.drawsLines("UTF-8"));
    assertTrue(Screen.drawsLines("IBM437"));
    assertFalse(Screen.drawsLines("ANSI_X3.4-1968"));
    assertFalse(Screen.drawsLines("ISO-8859-1"));
    assertFalse(Screen.drawsLines("no charset"));
    assertFalse(Screen.drawsLines(null));
  }
}
