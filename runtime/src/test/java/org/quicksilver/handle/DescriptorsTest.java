package org.quicksilver.handle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DescriptorsTest {

  @Test
  void whatIsPackedIsUnpackedInItsOrder() {
    assertArrayEquals(new int[] {7, 0, 99_999}, Descriptors.unpack(Descriptors.pack(7, 0, 99_999)));
    assertArrayEquals(new int[] {0}, Descriptors.unpack(Descriptors.pack(0)));
    assertArrayEquals(new int[0], Descriptors.unpack(Descriptors.pack()));
  }

  @Test
  void whatDoesNotFitIsLeftOut() {
    assertArrayEquals(
        new int[] {1, 2, 3}, Descriptors.unpack(Descriptors.pack(-1, 1, 1 << 21, 2, 3, 4)));
    assertEquals(0, Descriptors.pack(-1, Integer.MAX_VALUE, (1 << 21) - 1));
  }

  @Test
  void aProcessIdIsNoDescriptor() {
    assertArrayEquals(new int[0], Descriptors.of(HandleKind.PROCESS, Descriptors.pack(5)));
    assertArrayEquals(new int[] {5}, Descriptors.of(HandleKind.SELECTOR, Descriptors.pack(5)));
  }
}
