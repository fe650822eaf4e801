package org.quicksilver.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.handle.CrumbFile.transaction;
import static org.quicksilver.handle.CrumbFile.utf8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BreadcrumbsTest {

  @TempDir Path directory;
  private CrumbFile crumbs;

  @BeforeEach
  void create() throws IOException {
    crumbs = new CrumbFile(directory);
  }

  @AfterEach
  void close() throws IOException {
    crumbs.close();
  }

  private HandleRecord only() throws IOException {
    List<HandleRecord> records = crumbs.read();
    assertEquals(1, records.size(), () -> records.toString());
    return records.get(0);
  }

  @ParameterizedTest
  @EnumSource
  void aHandleOfEveryKindIsReadAsItWasWritten(HandleKind kind) throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(3);
    int generation =
        crumbs.writer.open(
            slot,
            kind,
            true,
            transaction(9),
            123_456_789_012L,
            new SlotImage(5, utf8("pool-1")),
            utf8("/a/b"),
            -2);
    HandleRecord expected =
        new HandleRecord(
            slot.number(),
            generation,
            kind,
            true,
            transaction(9),
            123_456_789_012L,
            "pool-1",
            "/a/b",
            true,
            -2,
            "");
    assertEquals(expected, only());
  }

  @Test
  void aTraceIsReadAsItWasWrittenAndGoesWithItsHandle() throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(3);
    int generation = crumbs.open(slot, 1, "/a");
    assertEquals("", only().trace());
    crumbs.writer.trace(slot, generation, 0x0123456789abcdefL, 0xfL);
    assertEquals("0123456789abcdef000000000000000f", only().trace());
    crumbs.writer.close(slot, generation);
    crumbs.open(slot, 1, "/b");
    assertEquals("", only().trace());
  }

  @Test
  void theHeaderNamesTheProcess() throws IOException {
    crumbs.writer.describeProcess(99, "java -jar ä.jar", "file=reclaim@2s");
    try (BreadcrumbReader reader = BreadcrumbReader.open(crumbs.path)) {
      assertEquals(CrumbFile.NODE, reader.node());
      assertEquals(CrumbFile.INCARNATION, reader.incarnation());
      assertEquals(CrumbFile.PID, reader.pid());
      assertEquals(transaction(1), reader.processTransaction());
      assertEquals(99, reader.startedAtMillis());
      assertEquals("java -jar ä.jar", reader.command());
      assertEquals("file=reclaim@2s", reader.policies());
      assertTrue(Math.abs(System.currentTimeMillis() - reader.createdAtMillis()) < 60_000);
    }
  }

  @Test
  void aProcessThatHasNotYetDescribedItselfHasEmptyTexts() throws IOException {
    try (BreadcrumbReader reader = BreadcrumbReader.open(crumbs.path)) {
      assertEquals(0, reader.startedAtMillis());
      assertEquals("", reader.command());
      assertEquals("", reader.policies());
      assertEquals(0, reader.damaged());
    }
  }

  @Test
  void anOpenReaderSeesTheProcessLeave() throws IOException {
    try (BreadcrumbReader reader = BreadcrumbReader.open(crumbs.path)) {
      assertFalse(reader.leaving());
      crumbs.writer.leaving();
      assertTrue(reader.leaving());
    }
  }

  @Test
  void onlyTheOwnerMayReadTheFile() throws IOException {
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(crumbs.path)));
  }

  @Test
  void sparseDescriptorNumbersCostOneSegmentEach() throws IOException {
    for (int descriptor : new int[] {0, 127, 128, 5000}) {
      crumbs.open(crumbs.writer.slotOfDescriptor(descriptor), descriptor + 1, "/" + descriptor);
    }
    assertEquals(
        List.of("/0", "/127", "/128", "/5000"),
        crumbs.read().stream().map(HandleRecord::what).toList());
    assertEquals(Breadcrumbs.HEADER_SIZE + 3L * Breadcrumbs.SEGMENT_SIZE, Files.size(crumbs.path));
  }

  @Test
  void theSameDescriptorHasTheSameSlot() {
    Slot once = crumbs.writer.slotOfDescriptor(300);
    crumbs.writer.slotOfDescriptor(2);
    assertEquals(once.number(), crumbs.writer.slotOfDescriptor(300).number());
    assertEquals(once.offset(), crumbs.writer.slotOfDescriptor(300).offset());
  }

  @Test
  void theFileGrowsOverManySegments() throws IOException {
    int count = 40 * Breadcrumbs.SLOTS_PER_SEGMENT;
    for (int i = 0; i < count; i++) {
      Slot slot = i % 2 == 0 ? crumbs.writer.slotOfDescriptor(i / 2) : crumbs.writer.takeSlot();
      crumbs.open(slot, i + 1, "/file/" + i);
      if (i % 100 == 0) {
        crumbs.writer.stack(slot, 1, crumbs.writer.intern("stack " + i));
      }
    }
    List<HandleRecord> records = crumbs.read();
    assertEquals(count, records.stream().map(HandleRecord::what).distinct().count());
    assertEquals(count, records.stream().map(HandleRecord::slot).distinct().count());
    assertEquals(
        (count + 99) / 100, records.stream().filter(r -> r.stack().startsWith("stack ")).count());
  }

  @Test
  void aSlotUsedAgainHasTheNextGenerationAndNothingOfTheOldHandle() throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(4);
    int first = crumbs.open(slot, 1, "/a/long/path/that/is/gone");
    crumbs.writer.stack(slot, first, crumbs.writer.intern("old stack"));
    crumbs.writer.close(slot, first);
    int second = crumbs.open(slot, 2, "/b");
    assertNotEquals(first, second);
    assertEquals("/b", only().what());
    assertEquals("", only().stack());
    assertEquals(second, only().generation());
  }

  @Test
  void anUnseenCloseMendsItselfWhenTheDescriptorComesBack() throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(4);
    crumbs.open(slot, 1, "/closed/by/native/code");
    crumbs.open(slot, 2, "/b");
    assertEquals("/b", only().what());
    assertEquals(transaction(2), only().transaction());
  }

  @Test
  void oldGenerationsChangeNothing() throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(4);
    int old = crumbs.open(slot, 1, "/a");
    crumbs.writer.close(slot, old);
    crumbs.open(slot, 2, "/b");
    HandleRecord before = only();
    crumbs.writer.close(slot, old);
    crumbs.writer.move(slot, old, transaction(77));
    crumbs.writer.describe(slot, old, utf8("/c"));
    crumbs.writer.stack(slot, old, crumbs.writer.intern("stack"));
    assertEquals(before, only());
  }

  @Test
  void nothingCanBeDoneToAClosedHandle() throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(4);
    int generation = crumbs.open(slot, 1, "/a");
    crumbs.writer.close(slot, generation);
    crumbs.writer.close(slot, generation);
    crumbs.writer.move(slot, generation, transaction(77));
    crumbs.writer.describe(slot, generation, utf8("/c"));
    assertEquals(List.of(), crumbs.read());
  }

  @Test
  void aHandleCanBeMovedAgainAndAgain() throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(4);
    int generation = crumbs.open(slot, 1, "/a");
    HandleRecord before = only();
    for (int i = 2; i < 7; i++) {
      crumbs.writer.move(slot, generation, transaction(i));
      assertEquals(transaction(i), only().transaction());
    }
    assertEquals(before.generation(), only().generation());
    assertEquals("/a", only().what());
    crumbs.writer.close(slot, generation);
    crumbs.open(slot, 9, "/b");
    assertEquals(transaction(9), only().transaction());
  }

  @Test
  void halfAMoveLeavesTheOldTransaction() throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(4);
    int generation = crumbs.open(slot, 1, "/a");
    crumbs.writer.move(slot, generation, transaction(2));
    for (int i = 0; i < 24; i++) {
      slot.segment().put(slot.offset() + Breadcrumbs.S_TRANSACTION_A + i, (byte) (i * 37));
      assertEquals(transaction(2), only().transaction());
    }
  }

  @Test
  void aNewDescriptionReplacesTheOld() throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(4);
    int generation = crumbs.open(slot, 1, "");
    assertEquals("", only().what());
    crumbs.writer.describe(slot, generation, utf8("127.0.0.1:1 -> 127.0.0.1:2"));
    assertEquals("127.0.0.1:1 -> 127.0.0.1:2", only().what());
    crumbs.writer.describe(slot, generation, utf8("short"));
    assertEquals("short", only().what());
    assertTrue(only().exact());
  }

  @Test
  void aNewDescriptionSaysWhetherItIsExact() throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(4);
    int generation = crumbs.open(slot, 1, "");
    crumbs.writer.describe(slot, generation, utf8("x".repeat(1000)));
    assertFalse(only().exact());
    crumbs.writer.move(slot, generation, transaction(2));
    assertFalse(only().exact());
    crumbs.writer.describe(slot, generation, utf8("short"));
    assertTrue(only().exact());
    assertEquals("short", only().what());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 367, 368})
  void textsThatFitAreExact(int length) throws IOException {
    crumbs.open(crumbs.writer.slotOfDescriptor(4), 1, "x".repeat(length));
    assertEquals("x".repeat(length), only().what());
    assertTrue(only().exact());
  }

  @ParameterizedTest
  @ValueSource(ints = {369, 4096, 40_000})
  void longTextsLoseTheirMiddleAndAreNotExact(int length) throws IOException {
    crumbs.open(crumbs.writer.slotOfDescriptor(4), 1, "/begin" + "x".repeat(length - 10) + "/end");
    assertFalse(only().exact());
    assertTrue(only().what().startsWith("/beginxxx"));
    assertTrue(only().what().endsWith("xxx/end"));
    assertEquals(368, only().what().length());
    assertEquals(1, only().what().chars().filter(c -> c == '~').count());
  }

  @Test
  void pathsAreNotOnlyLatin() throws IOException {
    String path = "/tmp/äöü/日本語/🪣 и так далее";
    crumbs.open(crumbs.writer.slotOfDescriptor(4), 1, path);
    assertEquals(path, only().what());
    assertTrue(only().exact());
  }

  @Test
  void aTextCutInsideACharacterIsStillText() throws IOException {
    crumbs.open(crumbs.writer.slotOfDescriptor(4), 1, "/" + "語".repeat(300));
    assertFalse(only().exact());
    assertTrue(only().what().startsWith("/語語"));
    assertTrue(only().what().endsWith("語語"));
  }

  @Test
  void threadNamesAreCut() throws IOException {
    Slot slot = crumbs.writer.slotOfDescriptor(4);
    byte[] name = utf8("a-very-long-name-of-a-thread-in-a-pool-of-threads");
    crumbs.writer.open(
        slot, HandleKind.FILE, false, transaction(1), 1, new SlotImage(1, name), utf8("/a"), 0);
    assertEquals("a-very-long-name-of-a-thread-in-", only().thread());
  }

  @Test
  void slotsWithoutDescriptorsAreUsedAgain() throws IOException {
    Slot first = crumbs.writer.takeSlot();
    Slot second = crumbs.writer.takeSlot();
    assertNotEquals(first.number(), second.number());
    int generation = crumbs.open(first, 1, "/a");
    crumbs.open(second, 2, "/b");
    crumbs.writer.close(first, generation);
    crumbs.writer.giveBack(first);
    Slot again = crumbs.writer.takeSlot();
    assertEquals(first.number(), again.number());
    assertEquals(generation + 1, crumbs.open(again, 3, "/c"));
    assertEquals(List.of("/c", "/b"), crumbs.read().stream().map(HandleRecord::what).toList());
  }

  @Test
  void oneKindCanBeAskedFor() throws IOException {
    for (HandleKind kind : HandleKind.values()) {
      crumbs.writer.open(
          crumbs.writer.takeSlot(),
          kind,
          false,
          transaction(1),
          1,
          new SlotImage(1, utf8("t")),
          utf8("x"),
          0);
    }
    try (BreadcrumbReader reader = BreadcrumbReader.open(crumbs.path)) {
      reader.forEach(
          Set.of(HandleKind.WINDOW), record -> assertEquals(HandleKind.WINDOW, record.kind()));
      int[] count = {0};
      reader.forEach(Set.of(HandleKind.WINDOW), record -> count[0]++);
      assertEquals(1, count[0]);
    }
  }

  @Test
  void knownAreDescriptorsWithARecordThoseNamedByOneAndOurOwn() throws IOException {
    crumbs.open(crumbs.writer.slotOfDescriptor(3), 1, "/a");
    crumbs.open(crumbs.writer.slotOfDescriptor(900), 1, "/b");
    Slot closed = crumbs.writer.slotOfDescriptor(5);
    crumbs.writer.close(closed, crumbs.open(closed, 1, "/c"));
    Slot selector = crumbs.writer.takeSlot();
    SlotImage image = new SlotImage(1, utf8("t"));
    int generation =
        crumbs.writer.open(
            selector, HandleKind.SELECTOR, false, transaction(1), 1, image, utf8(""), 0);
    crumbs.writer.number(selector, generation, utf8(""), Descriptors.pack(11, 12));
    crumbs.writer.own(7, true);
    crumbs.writer.own(8, true);
    crumbs.writer.own(8, false);
    crumbs.writer.own(1 << 20, true);
    try (BreadcrumbReader reader = BreadcrumbReader.open(crumbs.path)) {
      assertEquals("{3, 7, 11, 12, 900}", reader.knownDescriptors().toString());
      assertEquals(0, reader.damaged());
    }
  }

  @Test
  void whatIsNotInterceptedIsToldByTheHeader() throws IOException {
    try (BreadcrumbReader reader = BreadcrumbReader.open(crumbs.path)) {
      assertEquals("", reader.unmatched());
      crumbs.writer.describeUnmatched("a.B.c (file)\na.B.d (file)");
      assertEquals("a.B.c (file)\na.B.d (file)", reader.unmatched());
    }
  }

  @Test
  void theSameTextHasTheSameNumber() {
    int one = crumbs.writer.intern("at a.b.c(D.java:1)");
    assertNotEquals(0, one);
    assertEquals(one, crumbs.writer.intern("at a.b.c(D.java:1)"));
    assertNotEquals(one, crumbs.writer.intern("at a.b.c(D.java:2)"));
  }

  @Test
  void tooLongATextIsCutWhenInterned() throws IOException {
    crumbs.writer.describeProcess(1, "c".repeat(200_000), "日".repeat(20_000));
    try (BreadcrumbReader reader = BreadcrumbReader.open(crumbs.path)) {
      assertEquals("c".repeat(32 * 1024), reader.command());
      assertTrue(reader.policies().startsWith("日日日"));
      assertEquals(0, reader.damaged());
    }
  }

  @Test
  void textsBeyondTheLimitAreNotKeptAndKnownOnesStay() throws IOException {
    int first = crumbs.writer.intern("first");
    String filler = "f".repeat(32 * 1024 - 20);
    int stored = 0;
    while (crumbs.writer.intern(stored + filler) != 0) {
      assertTrue(++stored < 2000, "no limit");
    }
    assertEquals(0, crumbs.writer.intern("another" + filler));
    assertEquals(first, crumbs.writer.intern("first"));
    assertTrue(Files.size(crumbs.path) <= 34L * 1024 * 1024);
    assertNotNull(crumbs.writer.slotOfDescriptor(0));
    assertEquals(1, crumbs.open(crumbs.writer.slotOfDescriptor(0), 1, "/a"));
    assertEquals("/a", only().what());
  }

  @Test
  void thereIsOneWriterForAFile() {
    assertThrows(
        FileAlreadyExistsException.class,
        () -> BreadcrumbWriter.create(crumbs.path, 1, CrumbFile.INCARNATION, 2));
    assertTrue(Files.exists(crumbs.path));
  }

  @Test
  void afterTheWriterIsClosedItsFileIsReadable() throws IOException {
    crumbs.open(crumbs.writer.slotOfDescriptor(1), 1, "/a");
    crumbs.writer.close();
    assertEquals("/a", only().what());
  }

  @Test
  void anInterruptedThreadGrowsTheFileAndStaysInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    Slot slot = crumbs.writer.slotOfDescriptor(1000);
    boolean interrupted = Thread.interrupted();
    assertNotNull(slot);
    assertTrue(interrupted);
    crumbs.open(slot, 1, "/a");
    assertNotNull(crumbs.writer.slotOfDescriptor(2000), "the file can grow no more");
    assertEquals("/a", only().what());
  }
}
