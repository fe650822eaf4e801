package org.quicksilver.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;

/**
 * The home directory of one node: {@code ~/.quicksilver}, or what {@code QUICKSILVER_HOME} says.
 * Owner-only.
 *
 * <pre>
 *   node.sock         control socket              node.lock      held by the running node
 *   node.id           64 random bits              start.lock     held by whoever is starting a node
 *   secret            proof of ownership          incarnation    counter, raised at each start of a process
 *   jvms/N.crumbs     breadcrumbs of a JVM        store/         Chronicle Map files
 *   node.log          log of the node             agent.log      log of the agents
 *   cache/            transformed classes         log/           forced log
 *   N.sock            where a process that serves queues listens
 *   node.began        there once a node has run    quicksilver.properties   options, if there are any
 *   node.out          output of started nodes
 * </pre>
 *
 * <p>Thread-safe; all methods but the path accessors do I/O.
 *
 * @param directory absolute path; need not exist before {@link #create}
 */
public record Home(Path directory) {

  /** A Unix-domain socket's path may have at most this many bytes (108 with the final zero). */
  private static final int LONGEST_SOCKET_PATH = 104;

  private static final File RANDOM = new File("/dev/urandom");

  /** A file lock is the process's, not the thread's. */
  private static final Object COUNTING = new Object();

  /** Makes the path absolute. */
  public Home {
    directory = directory.toAbsolutePath().normalize();
  }

  /**
   * Creates the directories if they are missing and sees to it that only the owner may enter.
   *
   * @throws IOException if a directory cannot be made or is open to others; the message says which
   *     and what to do
   */
  public Home create() throws IOException {
    try {
      ownerOnlyDirectory(directory);
      ownerOnlyDirectory(breadcrumbs());
      ownerOnlyDirectory(cache());
    } catch (java.nio.file.AccessDeniedException e) {
      throw new IOException(
          "no permission on the home directory "
              + directory
              + ": make it writable for this user, or name another one with home=DIR or"
              + " QUICKSILVER_HOME",
          e);
    } catch (FileSystemException e) {
      throw new IOException(
          "the home directory "
              + directory
              + " cannot be made: "
              + (e.getReason() == null ? e.toString() : e.getReason())
              + "; name another one with home=DIR or QUICKSILVER_HOME",
          e);
    }
    return this;
  }

  /** The socket of the node. In {@code /tmp} if the home's own path is too long for a socket. */
  public Path socket() {
    Path inside = directory.resolve("node.sock");
    return inside.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH
        ? inside
        : shortDirectory().resolve("node.sock");
  }

  /**
   * Where a process that serves queues listens; in the same directory as the node's or in {@code
   * /tmp}.
   */
  public Path socket(int incarnation) {
    Path inside = directory.resolve(Integer.toUnsignedString(incarnation) + ".sock");
    return inside.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH
        ? inside
        : shortDirectory().resolve(Integer.toUnsignedString(incarnation) + ".sock");
  }

  /** The same, with its directory made if that is not the home itself. */
  public Path createSocketDirectory(int incarnation) throws IOException {
    Path socket = socket(incarnation);
    Path parent = socket.getParent();
    if (parent != null && !parent.equals(directory)) {
      ownerOnlyDirectory(parent);
    }
    return socket;
  }

  /** Creates the directory of the socket where that is not the home itself. */
  public void createSocketDirectory() throws IOException {
    Path parent = socket().getParent();
    if (parent != null && !parent.equals(directory)) {
      ownerOnlyDirectory(parent);
    }
  }

  /**
   * Not in {@code java.io.tmpdir}, which servers set for themselves: every process must find it.
   */
  private Path shortDirectory() {
    int hash = directory.toString().hashCode();
    return Path.of(
        posix() ? "/tmp" : System.getProperty("java.io.tmpdir"),
        "quicksilver-" + System.getProperty("user.name") + "-" + Integer.toHexString(hash));
  }

  /** Directory of the breadcrumb files. */
  public Path breadcrumbs() {
    return directory.resolve("jvms");
  }

  /** The breadcrumb file of one JVM. */
  public Path breadcrumbs(int incarnation) {
    return breadcrumbs().resolve(Integer.toUnsignedString(incarnation) + ".crumbs");
  }

  /** Directory of the cached transformed classes. */
  public Path cache() {
    return directory.resolve("cache");
  }

  /** Directory of the Chronicle Map files. */
  public Path store() {
    return directory.resolve("store");
  }

  /**
   * Notes that a node keeps its state here.
   *
   * @return true the first time; false if one has before, even if its store is lost
   */
  public boolean beginsToKeep() throws IOException {
    try {
      Files.createFile(directory.resolve("node.began"), ownerOnlyFile());
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Directory of the forced log. */
  public Path log() {
    return directory.resolve("log");
  }

  /** Lock file held by the running node for its whole life. */
  public Path nodeLock() {
    return directory.resolve("node.lock");
  }

  /** Lock file held while somebody starts a node. */
  public Path startLock() {
    return directory.resolve("start.lock");
  }

  /** Log of the node. */
  public Path nodeLog() {
    return directory.resolve("node.log");
  }

  /** What nodes that agents started have printed: above all why one did not start. */
  public Path nodeOutput() {
    return directory.resolve("node.out");
  }

  /** Log of the agents of all JVMs. */
  public Path agentLog() {
    return directory.resolve("agent.log");
  }

  /** Options for every JVM and the node of this home. */
  public Path properties() {
    return directory.resolve("quicksilver.properties");
  }

  /** The user's own list of openers whose handles are shared by design. */
  public Path scopeRules() {
    return directory.resolve("scope.rules");
  }

  /** Directory of the lists of handles that agents write by themselves; made if it is not there. */
  public Path dumps() throws IOException {
    Path dumps = directory.resolve("dumps");
    ownerOnlyDirectory(dumps);
    return dumps;
  }

  /** Identity of the node of this home; drawn at the first call ever and then always the same. */
  public long nodeId() throws IOException {
    byte[] bytes = drawnOnce(directory.resolve("node.id"), Long.BYTES);
    long id = ByteBuffer.wrap(bytes).getLong();
    return id == 0 ? 1 : id;
  }

  /** The secret of the owner, 32 random bytes; who can read it may end transactions. */
  public byte[] secret() throws IOException {
    return drawnOnce(directory.resolve("secret"), 32);
  }

  /**
   * Raises the counter of processes and returns it. Durable against the death of the process, not
   * forced against power failure: after one the counter may repeat only what no surviving file
   * names, see {@link #breadcrumbs(int)}, whose files are created anew or not at all.
   */
  public int nextIncarnation() throws IOException {
    synchronized (COUNTING) {
      return nextIncarnation(directory.resolve("incarnation"));
    }
  }

  private static int nextIncarnation(Path file) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                file,
                Set.of(
                    StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                ownerOnlyFile());
        FileLock lock = channel.lock()) {
      ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES);
      int last = channel.read(buffer, 0) == Integer.BYTES ? buffer.getInt(0) : 0;
      int next = last == -1 ? 1 : last + 1;
      channel.write(buffer.clear().putInt(0, next), 0);
      return next;
    }
  }

  private static byte[] drawnOnce(Path file, int length) throws IOException {
    if (!Files.exists(file)) {
      drawAndPublish(file, length);
    }
    byte[] bytes = read(file);
    if (bytes.length != length) {
      throw new IOException(
          file + " is damaged: " + bytes.length + " bytes, not " + length + "; remove it");
    }
    return bytes;
  }

  /**
   * Not by way of a channel, nor is it written so: every start comes here, and what is many classes
   * to it would also make the first start differ from those after it, by which classes that are
   * transformed it finds loaded.
   */
  private static byte[] read(Path file) throws IOException {
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      return in.readAllBytes();
    }
  }

  /** Whole or not at all: written aside, then linked to its name; the first of several wins. */
  private static void drawAndPublish(Path file, int length) throws IOException {
    byte[] bytes = random(length);
    Path aside =
        file.resolveSibling(
            file.getFileName() + "." + Long.toHexString(Arrays.hashCode(bytes) & 0xffffffffL));
    Files.createFile(aside, ownerOnlyFile());
    try (FileOutputStream out = new FileOutputStream(aside.toFile())) {
      out.write(bytes);
    }
    try {
      Files.createLink(file, aside);
    } catch (FileAlreadyExistsException e) {
      return;
    } finally {
      Files.delete(aside);
    }
  }

  /**
   * The JDK's generator reads the same file where there is one, but by way of a hundred classes,
   * which the first start in a home would pay for.
   */
  private static byte[] random(int length) throws IOException {
    if (RANDOM.canRead()) {
      try (FileInputStream in = new FileInputStream(RANDOM)) {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length == length) {
          return bytes;
        }
      }
    }
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static boolean posix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  /** Attribute for files that only the owner may read and write. */
  public static FileAttribute<?>[] ownerOnlyFile() {
    return posix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void ownerOnlyDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Path parent = directory.getParent();
      if (parent != null) {
        createParents(parent);
      }
      makeDirectory(directory);
    }
    checkOwnerOnly(directory);
  }

  private static void createParents(Path parent) throws IOException {
    try {
      Files.createDirectories(parent);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(e.getFile() + " exists and is no directory", e);
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    try {
      if (posix()) {
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(directory);
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw new IOException(directory + " exists and is no directory", e);
      }
    }
  }

  private static void checkOwnerOnly(Path directory) throws IOException {
    if (!Files.isWritable(directory)) {
      throw new java.nio.file.AccessDeniedException(directory.toString());
    }
    if (!posix()) {
      return;
    }
    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
    for (PosixFilePermission permission : permissions) {
      if (!permission.name().startsWith("OWNER_")) {
        tighten(directory, permissions.contains(PosixFilePermission.OTHERS_WRITE));
        return;
      }
    }
  }

  /**
   * A directory made for us by hand is closed to others; one that holds something else, or that all
   * may write into, as into {@code /tmp}, is not ours to change.
   */
  private static void tighten(Path directory, boolean isForAll) throws IOException {
    boolean empty;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      empty = !entries.iterator().hasNext();
    }
    if ((isForAll || !empty) && !Files.exists(directory.resolve("node.id"))) {
      throw new IOException(
          directory
              + " is open to other users; name a directory of your own, or run: chmod 700 "
              + directory);
    }
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (FileSystemException e) {
      throw new IOException(
          directory + " is open to other users and belongs to another; name a home of your own", e);
    }
  }
}
