package org.quicksilver.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quicksilver.handle.Endpoints;

/**
 * The ends of TCP connections as the kernel has them: {@code /proc/PID/net/tcp} where there is one,
 * elsewhere nothing is known. Stateless; takes as long as the kernel needs to list all connections
 * of a network, some milliseconds where there are many.
 */
final class KernelConnections {

  /** What the kernel has of one end. */
  enum End {
    /** Cannot be told: no such list, or no such process. */
    UNKNOWN,

    /** Nothing, or only what it keeps for itself when both sides are done. */
    NONE,

    /** Connected, and still to be accepted. */
    WAITING,

    /** A process has it open. */
    HELD
  }

  private static final Path PROC = Path.of("/proc");

  /** {@code ESTABLISHED} and {@code CLOSE_WAIT}. */
  private static final Set<String> CONNECTED = Set.of("01", "08");

  /** Words of a line after the two ends, up to the inode; the state is the first. */
  private static final int INODE = 6;

  private KernelConnections() {}

  /** One end in the network of a process. */
  static End end(long pid, String connection) {
    return ends(List.of(pid), List.of(connection)).getOrDefault(connection, End.UNKNOWN);
  }

  /**
   * What there is of some ends in the networks of some processes.
   *
   * @param connections each as {@link Endpoints} has it, the end that is asked for first
   */
  static Map<String, End> ends(Collection<Long> pids, Collection<String> connections) {
    Map<String, End> ends = new HashMap<>();
    Map<String, String> wanted = new HashMap<>();
    for (String connection : connections) {
      List<String> names = namesOf(connection);
      ends.put(connection, names.isEmpty() ? End.UNKNOWN : End.NONE);
      names.forEach(name -> wanted.put(name, connection));
    }
    Set<Object> networks = new HashSet<>();
    for (long pid : pids) {
      Path process = PROC.resolve(Long.toString(pid));
      try {
        if (networks.add(Files.readSymbolicLink(process.resolve("ns/net")))) {
          read(process.resolve("net/tcp"), wanted, ends);
          readIfThere(process.resolve("net/tcp6"), wanted, ends);
        }
      } catch (IOException e) {
        ends.replaceAll((connection, end) -> end == End.NONE ? End.UNKNOWN : end);
      }
    }
    return ends;
  }

  private static void readIfThere(Path list, Map<String, String> wanted, Map<String, End> ends)
      throws IOException {
    try {
      read(list, wanted, ends);
    } catch (NoSuchFileException e) {
      // A kernel without IPv6.
    }
  }

  /** The first line is the heading; each other begins with its number and a colon. */
  private static void read(Path list, Map<String, String> wanted, Map<String, End> ends)
      throws IOException {
    try (BufferedReader in = Files.newBufferedReader(list)) {
      in.readLine();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int from = line.indexOf(": ") + 2;
        int to = line.indexOf(' ', line.indexOf(' ', from) + 1);
        String connection = wanted.get(line.substring(from, to));
        if (connection != null) {
          End end = end(line.substring(to).trim().split(" +"));
          ends.merge(connection, end, KernelConnections::stronger);
        }
      }
    }
  }

  private static End end(String[] words) {
    if (!words[INODE].equals("0")) {
      return End.HELD;
    }
    return CONNECTED.contains(words[0]) ? End.WAITING : End.NONE;
  }

  private static End stronger(End one, End other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Its two ends as the kernel prints them: an IPv4 address may be inside an IPv6 one. */
  private static List<String> namesOf(String connection) {
    try {
      String local = Endpoints.local(connection);
      String remote = Endpoints.remote(connection);
      byte[] here = HostAddresses.address(local).getAddress();
      byte[] there = HostAddresses.address(remote).getAddress();
      List<String> names = new ArrayList<>();
      names.add(name(here, local) + " " + name(there, remote));
      if (here.length == 4 && there.length == 4) {
        names.add(name(mapped(here), local) + " " + name(mapped(there), remote));
      }
      return names;
    } catch (IOException | IllegalArgumentException e) {
      return List.of();
    }
  }

  private static String name(byte[] address, String endpoint) {
    ByteBuffer words = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
    StringBuilder name = new StringBuilder();
    while (words.hasRemaining()) {
      name.append(String.format("%08X", words.getInt()));
    }
    int port = Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    return name.append(String.format(":%04X", port)).toString();
  }

  private static byte[] mapped(byte[] four) {
    return ByteBuffer.allocate(16).position(10).putShort((short) -1).put(four).array();
  }
}
