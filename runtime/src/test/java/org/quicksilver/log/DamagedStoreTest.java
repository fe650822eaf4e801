package org.quicksilver.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.log.NodeStore.Section;

final class DamagedStoreTest {

  private static final Sizes SMALL = new Sizes(200, 40);
  private static final Logger LOG = Logger.getLogger("org.quicksilver.log");

  @TempDir Path temporary;
  private Path directory;
  private Path map;

  @BeforeAll
  static void quiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    LOG.setLevel(null);
  }

  @BeforeEach
  void aStoreWithOneEntry() throws IOException {
    directory = temporary.resolve("store");
    map = directory.resolve("links.map");
    try (NodeStore store = NodeStore.open(directory, SMALL)) {
      TextStore.put(store, Section.LINKS, "k", "v");
      TextStore.put(store, Section.META, "k", "v");
    }
  }

  private Path aside(int number) {
    return map.resolveSibling("links.map.damaged-" + number);
  }

  private void linksAreFreshAndTheRestIsThere() throws IOException {
    try (NodeStore store = NodeStore.open(directory, SMALL)) {
      assertNull(TextStore.get(store, Section.LINKS, "k"));
      assertEquals("v", TextStore.get(store, Section.META, "k"));
      TextStore.put(store, Section.LINKS, "new", "v");
    }
    try (NodeStore store = NodeStore.open(directory, SMALL)) {
      assertEquals("v", TextStore.get(store, Section.LINKS, "new"));
    }
  }

  @Test
  void aForeignFileIsMovedAside() throws IOException {
    byte[] foreign = "To whom it may concern ".repeat(1000).getBytes();
    Files.write(map, foreign);
    linksAreFreshAndTheRestIsThere();
    assertArrayEquals(foreign, Files.readAllBytes(aside(1)));
  }

  @Test
  void anEmptyFileIsMovedAside() throws IOException {
    Files.write(map, new byte[0]);
    linksAreFreshAndTheRestIsThere();
    assertTrue(Files.exists(aside(1)));
  }

  @Test
  void aDirectoryInItsPlaceIsMovedAside() throws IOException {
    Files.delete(map);
    Files.createDirectory(map);
    linksAreFreshAndTheRestIsThere();
    assertTrue(Files.isDirectory(aside(1)));
  }

  @Test
  void aTruncatedFileIsMovedAside() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(map.toFile(), "rw")) {
      file.setLength(10_000);
    }
    linksAreFreshAndTheRestIsThere();
    assertTrue(Files.exists(aside(1)));
  }

  @Test
  void aDamagedHeaderIsMovedAside() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(map.toFile(), "rw")) {
      file.seek(700);
      file.write("????????".getBytes());
    }
    linksAreFreshAndTheRestIsThere();
    assertTrue(Files.exists(aside(1)));
  }

  @Test
  void eachDamagedFileGetsANumberOfItsOwn() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Files.write(map, new byte[i]);
      NodeStore.open(directory, SMALL).close();
      assertEquals(i, Files.size(aside(i)));
    }
  }

  @Test
  void anUnfinishedFileDoesNotMatter() throws IOException {
    Files.write(directory.resolve("links.map.new"), new byte[100]);
    Files.delete(map);
    linksAreFreshAndTheRestIsThere();
    assertFalse(Files.exists(directory.resolve("links.map.new")));
  }

  @Test
  void flippedBitsNeverStopAnUncleanStart() throws IOException {
    byte[] whole = Files.readAllBytes(map);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      Files.write(map, flip(whole.clone(), random));
      Files.write(directory.resolve("open"), "open\n".getBytes());
      try (NodeStore store = NodeStore.open(directory, SMALL)) {
        assertTrue(store.recovered());
        assertEquals("v", TextStore.get(store, Section.META, "k"), "seed " + seed);
        TextStore.put(store, Section.LINKS, "k", "v");
        assertEquals("v", TextStore.get(store, Section.LINKS, "k"), "seed " + seed);
      }
    }
  }

  /** Most of the file is empty: half of the damage goes to where something is. */
  private static byte[] flip(byte[] bytes, Random random) {
    for (int i = random.nextInt(20); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      while (random.nextBoolean() && bytes[at] == 0) {
        at = (at + 1) % bytes.length;
      }
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  @Test
  void afterManyOpeningsThatEndedTheProcessTheMapsAreMovedAside() throws IOException {
    Files.write(directory.resolve("open"), "opening 8\n".getBytes());
    linksAreFreshOnly();
    assertTrue(Files.exists(aside(1)));
  }

  private void linksAreFreshOnly() throws IOException {
    try (NodeStore store = NodeStore.open(directory, SMALL)) {
      assertNull(TextStore.get(store, Section.LINKS, "k"));
      assertNull(TextStore.get(store, Section.META, "k"));
    }
  }

  @Test
  void whereNoFileCanBeMadeTheOldOneStays() throws IOException {
    Files.createDirectory(directory.resolve("links.map.new"));
    Files.write(directory.resolve("links.map.new").resolve("x"), new byte[1]);
    Files.write(map, new byte[5]);
    assertThrows(IOException.class, () -> NodeStore.open(directory, SMALL));
    assertEquals(5, Files.size(map));
  }
}
