package org.quicksilver.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicksilver.handle.CrumbFile.transaction;
import static org.quicksilver.handle.CrumbFile.utf8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of a damaged file is read what is whole, and nothing else: no altered record, no other exception,
 * no endless loop.
 */
@Timeout(30)
final class BreadcrumbDamageTest {

  private static final int FLIPS = Integer.getInteger("quicksilver.test.flips", 2_000);

  @TempDir Path directory;
  private Path file;
  private byte[] whole;
  private final Map<Integer, HandleRecord> written = new HashMap<>();

  /** With handles of every kind, moved ones, used-again slots, stacks, and cut texts. */
  @BeforeEach
  void write() throws IOException {
    try (CrumbFile crumbs = new CrumbFile(directory)) {
      file = crumbs.path;
      BreadcrumbWriter writer = crumbs.writer;
      writer.describeProcess(5, "java legacy.Server", "*=observe@2s");
      for (int i = 0; i < 200; i++) {
        Slot slot = i % 3 == 0 ? writer.takeSlot() : writer.slotOfDescriptor(i * 2);
        int old = crumbs.open(slot, 1_000 + i, "/old/" + i);
        writer.move(slot, old, transaction(2_000 + i));
        int generation = open(writer, slot, i);
        if (i % 2 == 0) {
          writer.move(slot, generation, transaction(3_000 + i));
        }
        writer.stack(slot, generation, writer.intern("at a.B.c(D.java:" + i % 50 + ")"));
        if (i % 10 == 9) {
          writer.close(slot, generation);
        }
      }
    }
    whole = Files.readAllBytes(file);
    CrumbFile.read(file).forEach(record -> written.put(record.slot(), record));
    assertEquals(180, written.size());
  }

  private static int open(BreadcrumbWriter writer, Slot slot, int i) {
    return writer.open(
        slot,
        HandleKind.ofCode(i % 7 + 1),
        i % 5 == 0,
        transaction(4_000 + i),
        1_000_000 + i,
        new SlotImage(1, utf8("thread-" + i)),
        utf8("/path/" + "x".repeat(i * 3) + "/" + i),
        i * 11L);
  }

  /** Returns the number of records read, -1 if the file was refused. */
  private int read() throws IOException {
    try (BreadcrumbReader reader = BreadcrumbReader.open(file)) {
      return read(reader);
    } catch (BreadcrumbsRefusedException e) {
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      return -1;
    }
  }

  private int read(BreadcrumbReader reader) throws IOException {
    List<HandleRecord> records = new ArrayList<>();
    reader.forEach(records::add);
    reader.command();
    reader.policies();
    reader.startedAtMillis();
    reader.leaving();
    records.forEach(this::isUnaltered);
    return records.size();
  }

  /** Thread name and stack may be: nothing is done on their word. */
  private void isUnaltered(HandleRecord r) {
    HandleRecord w = written.get(r.slot());
    boolean same =
        w != null
            && r.kind() == w.kind()
            && r.accepted() == w.accepted()
            && r.generation() == w.generation()
            && r.transaction().equals(w.transaction())
            && r.what().equals(w.what())
            && r.exact() == w.exact()
            && r.openedAtMillis() == w.openedAtMillis()
            && r.extra() == w.extra();
    if (!same) {
      throw new AssertionError("altered: " + w + "\n     to: " + r);
    }
  }

  @Test
  void aTruncatedFileIsRefusedOrReadAsFarAsItGoes() {
    Seed.run(
        random -> {
          List<Integer> lengths = new ArrayList<>(List.of(0, 1, 7, 8, 51, 52, 4095, 4096, 131_071));
          lengths.addAll(List.of(131_072, 131_073, 131_072 + 65_535, 131_072 + 65_536));
          for (int i = 0; i < 300; i++) {
            lengths.add(random.nextInt(whole.length));
          }
          for (int length : lengths) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            int records = read();
            assertTrue(length >= 4096 ? records >= 0 : records == -1, "length " + length);
          }
        });
  }

  @Test
  void aFileTruncatedUnderItsReaderIsRefused() throws IOException {
    for (int length : new int[] {0, 51, 4095, 100_000}) {
      Files.write(file, whole);
      try (BreadcrumbReader reader = BreadcrumbReader.open(file)) {
        try (RandomAccessFile shrunk = new RandomAccessFile(file.toFile(), "rw")) {
          shrunk.setLength(length);
        }
        if (length < 4096) {
          assertThrows(BreadcrumbsRefusedException.class, () -> reader.forEach(r -> {}));
          assertThrows(BreadcrumbsRefusedException.class, reader::leaving);
          assertThrows(BreadcrumbsRefusedException.class, reader::startedAtMillis);
          assertThrows(BreadcrumbsRefusedException.class, reader::command);
        } else {
          assertEquals(0, read(reader));
        }
        assertEquals(CrumbFile.INCARNATION, reader.incarnation());
        assertEquals(CrumbFile.NODE, reader.node());
      }
    }
  }

  @Test
  void everyFlippedBitOfTheIdentityIsRefused() throws IOException {
    try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
      for (int at = 0; at < Breadcrumbs.H_CRC + 4; at++) {
        for (int bit = 0; bit < 8; bit++) {
          flip(damaged, at, bit);
          assertEquals(-1, read(), "byte " + at + ", bit " + bit);
          flip(damaged, at, bit);
        }
      }
    }
    assertEquals(180, read());
  }

  @Test
  void everyFlippedByteOfTheRestOfTheHeaderAltersNoRecord() throws IOException {
    try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
      for (int at = Breadcrumbs.H_CRC + 4; at < Breadcrumbs.HEADER_SIZE; at = next(at)) {
        flip(damaged, at, at % 8);
        assertTrue(read() >= 0);
        flip(damaged, at, at % 8);
      }
    }
  }

  /** Every byte that is in use, and some of those that are not. */
  private static int next(int at) {
    boolean used = at < 200 || (at >= 4090 && at < 4200);
    return at + (used ? 1 : 289);
  }

  private static void flip(RandomAccessFile damaged, long at, int bit) throws IOException {
    damaged.seek(at);
    int old = damaged.read();
    damaged.seek(at);
    damaged.write(old ^ 1 << bit);
  }

  @Test
  void flippedBitsInSlotsCostRecordsAndAlterNone() {
    Seed.run(
        random -> {
          List<HandleRecord> records = List.copyOf(written.values());
          int lost = 0;
          try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            for (int i = 0; i < FLIPS; i++) {
              int slot = records.get(random.nextInt(records.size())).slot();
              lost += flipSome(damaged, slot, random);
            }
          }
          assertTrue(lost > FLIPS / 20, "only " + lost + " records lost");
        });
  }

  /** Half of the flips go where the numbers are. */
  private int flipSome(RandomAccessFile damaged, int slot, Random random) throws IOException {
    long start = Breadcrumbs.HEADER_SIZE + (long) slot * Breadcrumbs.SLOT_SIZE;
    int range = random.nextBoolean() ? Breadcrumbs.S_THREAD : Breadcrumbs.SLOT_SIZE;
    int[] bits =
        random.ints(random.nextBoolean() ? 1 : 2 + random.nextInt(7), 0, range * 8).toArray();
    for (int bit : bits) {
      flip(damaged, start + bit / 8, bit % 8);
    }
    int records = read();
    for (int bit : bits) {
      flip(damaged, start + bit / 8, bit % 8);
    }
    return written.size() - records;
  }

  @Test
  void everySingleFlippedBitOfASlotsWordIsNoticed() throws IOException {
    int slot =
        written.values().stream().filter(r -> r.extra() == 22).findFirst().orElseThrow().slot();
    long start = Breadcrumbs.HEADER_SIZE + (long) slot * Breadcrumbs.SLOT_SIZE;
    try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
      for (int bit = 0; bit < 64; bit++) {
        flip(damaged, start + bit / 8, bit % 8);
        assertEquals(179, read(), "bit " + bit);
        flip(damaged, start + bit / 8, bit % 8);
      }
    }
  }

  @Test
  void slotsFullOfRandomBytesHoldNoRecord() {
    Seed.run(
        random -> {
          byte[] bytes = whole.clone();
          byte[] noise = new byte[bytes.length - Breadcrumbs.HEADER_SIZE];
          random.nextBytes(noise);
          for (int i = 0; i < noise.length; i += Breadcrumbs.SLOT_SIZE) {
            noise[i] = Breadcrumbs.OPEN;
          }
          System.arraycopy(noise, 0, bytes, Breadcrumbs.HEADER_SIZE, noise.length);
          Files.write(file, bytes);
          assertEquals(0, read());
        });
  }

  @Test
  void randomFilesAreRefused() {
    Seed.run(
        random -> {
          for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(300_000)];
            random.nextBytes(bytes);
            Files.write(file, bytes);
            assertEquals(-1, read());
          }
        });
  }

  @Test
  void aFileOfAnotherVersionIsRefusedNamingBothVersions() throws IOException {
    try (RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw")) {
      other.seek(Breadcrumbs.H_VERSION);
      other.write(42);
    }
    BreadcrumbsRefusedException refused =
        assertThrows(BreadcrumbsRefusedException.class, () -> BreadcrumbReader.open(file));
    assertTrue(refused.getMessage().contains("version 42"), refused.getMessage());
    assertTrue(
        refused.getMessage().contains("version " + Breadcrumbs.VERSION + ";"),
        refused.getMessage());
  }

  @Test
  void aForeignFileIsCalledForeignAndAShortOneShort() throws IOException {
    Files.write(file, new byte[10_000]);
    assertRefused("not a breadcrumb file");
    Files.write(file, new byte[100]);
    assertRefused("too short");
  }

  private void assertRefused(String why) {
    BreadcrumbsRefusedException refused =
        assertThrows(BreadcrumbsRefusedException.class, () -> BreadcrumbReader.open(file));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }
}
