package org.quicksilver.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "7, PT7S",
    "250ms, PT0.25S",
    "2s, PT2S",
    "5m, PT5M",
    "1h, PT1H",
    "3d, PT72H",
    " 5 S , PT5S",
    "10 MS, PT0.01S",
    "PT1.5S, PT1.5S",
    "pt2m, PT2M",
    "36500d, PT876000H",
  })
  void everyFormIsRead(String text, Duration expected) {
    assertEquals(expected, Durations.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "s", "-1s", "1.5s", "1w", "1s 2s", "0x10", "٣s", "1e3", "PT", "P1Y", "soon"
      })
  void anythingElseIsRefusedShowingTheForms(String text) {
    assertRefused(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-PT1S",
        "PT-1S",
        "36501d",
        "999999999999d",
        "999999999999",
        "PT9223372036854775807S",
        "PT99999999999999999999S",
        "9999999999999"
      })
  void negativeAndEndlessDurationsAreRefused(String text) {
    assertRefused(text);
  }

  private static void assertRefused(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Durations.parse(text)).getMessage();
    assertTrue(message.startsWith("not a duration: '" + text + "'"), message);
    assertTrue(message.contains("250ms"), message);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0s", "PT0.25S, 250ms", "PT2S, 2s", "PT2.5S, 2500ms", "PT72H, 259200s"})
  void whatIsWrittenIsReadBack(Duration duration, String text) {
    assertEquals(text, Durations.format(duration));
    assertEquals(duration, Durations.parse(text));
  }
}
