package org.quicksilver.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a server holds for its clients, seen from outside: its descriptors in {@code /proc/PID/fd},
 * its windows by its own count.
 *
 * @param files files of the demo
 * @param sockets connections of the demo, on both sides of the server
 * @param closeWait those among them whose other side has closed
 * @param windows on the screen
 */
record Held(int files, int sockets, int closeWait, int windows) {

  /** Nothing at all. */
  static final Held NOTHING = new Held(0, 0, 0, 0);

  /** Looks at the descriptors of a living server; does not ask for its windows. */
  static Held by(Server server, Path files, Set<Integer> ports) {
    if (!server.child().isAlive()) {
      throw new DemoException(server.name() + " has died");
    }
    long pid = server.child().pid();
    try {
      List<String> open = descriptors(pid);
      TcpTable tcp = TcpTable.of(pid);
      List<TcpTable.Connection> connections =
          open.stream()
              .flatMap(target -> Optional.ofNullable(tcp.byDescriptor().get(target)).stream())
              .filter(it -> ports.contains(it.localPort()) || ports.contains(it.remotePort()))
              .toList();
      return new Held(
          (int) open.stream().filter(target -> target.startsWith(files + "/")).count(),
          connections.size(),
          (int) connections.stream().filter(TcpTable.Connection::closeWait).count(),
          0);
    } catch (IOException e) {
      throw new DemoException("cannot see what " + server.name() + " (pid " + pid + ") holds", e);
    }
  }

  private static List<String> descriptors(long pid) throws IOException {
    List<String> targets = new ArrayList<>();
    Path directory = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(directory)) {
      for (Path descriptor : descriptors) {
        readLink(descriptor).ifPresent(targets::add);
      }
    }
    return targets;
  }

  private static Optional<String> readLink(Path descriptor) {
    try {
      return Optional.of(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException closedSinceItWasListed) {
      return Optional.empty();
    }
  }

  Held withWindows(int count) {
    return new Held(files, sockets, closeWait, count);
  }

  Held plus(Held other) {
    return new Held(
        files + other.files,
        sockets + other.sockets,
        closeWait + other.closeWait,
        windows + other.windows);
  }

  /** Handles and windows together. */
  int count() {
    return files + sockets + windows;
  }

  /** Whether it is the same number of each; a connection may have changed its state. */
  boolean isAsMuchAs(Held other) {
    return files == other.files && sockets == other.sockets && windows == other.windows;
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    add(parts, files, "file");
    add(parts, sockets, "socket");
    add(parts, windows, "window");
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  private static void add(List<String> parts, int count, String noun) {
    if (count > 0) {
      parts.add(count + " " + noun + (count == 1 ? "" : "s"));
    }
  }
}
