package org.quicksilver.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class HomeTest {

  private static final int THREADS = 20;
  private static final int PROCESSES = 8;

  @TempDir Path directory;

  private Home home() {
    return new Home(directory.resolve("a/b/home"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /** Runs it at once in all threads. */
  private static <T> List<T> together(Callable<T> task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : running) {
        results.add(future.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whatIsCreatedIsOwnerOnly() throws IOException {
    Home home = home().create();
    for (Path made : List.of(home.directory(), home.breadcrumbs(), home.cache())) {
      assertEquals("rwx------", permissions(made), made.toString());
    }
    home.nodeId();
    home.secret();
    home.nextIncarnation();
    try (Stream<Path> files = Files.walk(home.directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertEquals("rw-------", permissions(file), file.toString());
      }
    }
  }

  @Test
  void creatingItAgainChangesNothing() throws IOException {
    long id = home().create().nodeId();
    byte[] secret = home().secret();
    assertEquals(id, home().create().nodeId());
    assertArrayEquals(secret, home().secret());
    assertNotEquals(0, id);
    assertEquals(32, secret.length);
  }

  @Test
  void manyThreadsMayCreateItAtOnce() throws Exception {
    together(() -> home().create());
    assertEquals("rwx------", permissions(home().directory()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-----", "rwxrwxrwx", "rwx--x---", "rwx-----x", "rwx----w-"})
  void aDirectoryOfSomethingElseThatIsOpenToOthersIsRefusedWithTheRemedy(String permissions)
      throws IOException {
    Path foreign = Files.createDirectory(directory.resolve("foreign"));
    Files.createFile(foreign.resolve("data"));
    permit(foreign, permissions);
    IOException refused = assertThrows(IOException.class, () -> new Home(foreign).create());
    assertTrue(refused.getMessage().endsWith("run: chmod 700 " + foreign), refused.getMessage());
    assertEquals(permissions, permissions(foreign));
    permit(foreign, "rwx------");
    new Home(foreign).create();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-----", "rwxrwxr-x", "rwx--x---", "rwx-----x"})
  void anEmptyDirectoryAndAHomeAreClosedToOthers(String permissions) throws IOException {
    Path made = Files.createDirectory(directory.resolve("made"));
    permit(made, permissions);
    Home home = new Home(made).create();
    assertEquals("rwx------", permissions(made));
    home.nodeId();
    permit(made, permissions);
    home.create();
    assertEquals("rwx------", permissions(made));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwx----w-"})
  void aDirectoryThatAllMayWriteIntoIsLeftAsItIsUnlessItIsAHome(String permissions)
      throws IOException {
    Path shared = Files.createDirectory(directory.resolve("shared"));
    permit(shared, permissions);
    IOException refused = assertThrows(IOException.class, () -> new Home(shared).create());
    assertTrue(refused.getMessage().endsWith("run: chmod 700 " + shared), refused.getMessage());
    assertEquals(permissions, permissions(shared));
    permit(shared, "rwx------");
    new Home(shared).create().nodeId();
    permit(shared, permissions);
    new Home(shared).create();
    assertEquals("rwx------", permissions(shared));
  }

  @Test
  void aFileInItsPlaceIsRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    IOException refused = assertThrows(IOException.class, () -> new Home(file).create());
    assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
  }

  @Test
  void theIdentityIsDrawnOnceByManyThreads() throws Exception {
    Home home = home().create();
    Set<Long> ids = new HashSet<>(together(home::nodeId));
    Set<String> secrets = new HashSet<>(together(() -> HexFormat.of().formatHex(home.secret())));
    assertEquals(1, ids.size());
    assertEquals(1, secrets.size());
    try (Stream<Path> files = Files.list(home.directory())) {
      assertEquals(4, files.count(), "something was left lying about");
    }
  }

  @Test
  void homesHaveDifferentIdentities() throws IOException {
    Home other = new Home(directory.resolve("other")).create();
    assertNotEquals(home().create().nodeId(), other.nodeId());
    assertFalse(java.util.Arrays.equals(home().secret(), other.secret()));
  }

  @Test
  void aDamagedIdentityIsNamed() throws IOException {
    Home home = home().create();
    home.nodeId();
    Path file = home.directory().resolve("node.id");
    Files.write(file, new byte[3]);
    String message = assertThrows(IOException.class, home::nodeId).getMessage();
    assertTrue(message.contains(file.toString()) && message.contains("damaged"), message);
  }

  @Test
  void incarnationsRiseFromOne() throws IOException {
    Home home = home().create();
    assertEquals(1, home.nextIncarnation());
    assertEquals(2, home.nextIncarnation());
    assertEquals(3, new Home(home.directory()).nextIncarnation());
  }

  @Test
  void afterTheLastIncarnationComesTheFirstNotZero() throws IOException {
    Home home = home().create();
    Files.write(home.directory().resolve("incarnation"), new byte[] {-1, -1, -1, -2});
    assertEquals(-1, home.nextIncarnation());
    assertEquals(1, home.nextIncarnation());
    assertEquals("4294967295.crumbs", home.breadcrumbs(-1).getFileName().toString());
  }

  @Test
  void incarnationsOfManyThreadsAreDifferent() throws Exception {
    Home home = home().create();
    assertEquals(THREADS, new HashSet<>(together(home::nextIncarnation)).size());
  }

  @Test
  void manyProcessesShareOneIdentityAndNoIncarnation() throws Exception {
    List<Process> children = new ArrayList<>();
    List<BufferedReader> readers = new ArrayList<>();
    Set<String> identities = new HashSet<>();
    Set<String> incarnations = new HashSet<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        children.add(HomeChild.start(home().directory()));
        readers.add(children.get(i).inputReader());
      }
      for (BufferedReader reader : readers) {
        assertEquals("ready", reader.readLine());
      }
      for (Process child : children) {
        child.outputWriter().append('\n').flush();
      }
      for (BufferedReader reader : readers) {
        identities.add(reader.readLine() + " " + reader.readLine());
        reader.lines().forEach(incarnations::add);
      }
    } finally {
      children.forEach(Process::destroyForcibly);
    }
    assertEquals(1, identities.size(), identities.toString());
    assertEquals(PROCESSES * HomeChild.INCARNATIONS, incarnations.size(), incarnations.toString());
  }

  @Test
  void theSocketIsInTheHomeIfItsPathIsShortEnough() {
    assertEquals(
        Path.of("/h/.quicksilver/node.sock"), new Home(Path.of("/h/.quicksilver")).socket());
    String longest = "/" + "x".repeat(93);
    assertEquals(Path.of(longest, "node.sock"), new Home(Path.of(longest)).socket());
    assertNotEquals(Path.of(longest + "x", "node.sock"), new Home(Path.of(longest + "x")).socket());
  }

  @Test
  void aLongHomeHasItsSocketInAShortOwnerOnlyDirectory() throws IOException {
    Home home = new Home(directory.resolve("日本語/" + "x".repeat(90))).create();
    Path socket = home.socket();
    assertTrue(socket.toString().getBytes(StandardCharsets.UTF_8).length <= 104, socket.toString());
    assertFalse(Files.exists(socket.getParent()));
    home.createSocketDirectory();
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      home.createSocketDirectory();
      assertEquals("rwx------", permissions(socket.getParent()));
      channel.bind(UnixDomainSocketAddress.of(socket));
      permit(socket.getParent(), "rwxr-xr-x");
      assertThrows(IOException.class, home::createSocketDirectory);
    } finally {
      Files.deleteIfExists(socket);
      Files.deleteIfExists(socket.getParent());
    }
  }

  @Test
  void theSocketOfALongHomeIsTheSameForEveryProcessOfTheUser() {
    Home home = new Home(Path.of("/" + "x".repeat(200)));
    Path socket = home.socket();
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", "/opt/tomcat/temp/" + "t".repeat(100));
    try {
      assertEquals(socket, home.socket());
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    assertNotEquals(socket, new Home(Path.of("/" + "x".repeat(201))).socket());
  }

  @Test
  void aRelativePathIsMadeAbsolute() {
    assertEquals(
        Path.of("").toAbsolutePath().resolve("h"), new Home(Path.of("x/../h")).directory());
  }
}
