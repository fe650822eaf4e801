package org.quicksilver.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HandleKindTest {

  @Test
  void codesOnDiskNeverChange() {
    assertEquals(
        List.of(
            "FILE=1",
            "DIRECTORY=2",
            "SOCKET=3",
            "LISTENER=4",
            "WINDOW=5",
            "PROCESS=6",
            "TEMP_FILE=7",
            "ARCHIVE=8",
            "LOCK=9",
            "MAPPING=10",
            "WATCH_SERVICE=11",
            "DATAGRAM=12",
            "PIPE=13",
            "SELECTOR=14",
            "CHANNEL_GROUP=15",
            "TRAY_ICON=16"),
        Arrays.stream(HandleKind.values()).map(kind -> kind + "=" + kind.code()).toList());
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsFoundByItsCodeAndItsWord(HandleKind kind) {
    assertTrue(HandleKind.isCode(kind.code()));
    assertEquals(kind, HandleKind.ofCode(kind.code()));
    assertEquals(kind, HandleKind.parse(kind.word()));
    assertEquals(kind, HandleKind.parse(kind.name()));
    assertEquals(kind, HandleKind.parse(" " + kind.word().toUpperCase(Locale.ROOT) + " "));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 17, 255, Integer.MIN_VALUE})
  void otherCodesAreNoKind(int code) {
    assertFalse(HandleKind.isCode(code));
    assertThrows(IllegalArgumentException.class, () -> HandleKind.ofCode(code));
  }

  @Test
  void anUnknownNameIsRefusedWithAllThatAreKnown() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> HandleKind.parse("hole")).getMessage();
    assertTrue(message.contains("'hole'"), message);
    for (HandleKind kind : HandleKind.values()) {
      assertTrue(message.contains(kind.word()), message);
    }
  }

  @Test
  void wordsDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr"));
      assertEquals("file", HandleKind.FILE.word());
      assertEquals(HandleKind.FILE, HandleKind.parse("file"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
