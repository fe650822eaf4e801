package org.quicksilver.node;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quicksilver.handle.Endpoints;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.node.KernelConnections.End;
import org.quicksilver.transaction.TransactionId;

/**
 * The connections that dead JVMs had opened and nobody was known to have accepted, for a minute: a
 * server may accept, or tell of it, after its client has died. Ports come back within seconds on a
 * busy machine, so each is kept with the time by which it was accepted if at all, as the kernel has
 * it. Node thread only; what is put survives the process.
 */
final class RecentDead {

  private static final String PREFIX = "socket ";
  private static final Duration KEEP = Duration.ofMinutes(1);

  /** So much before or after it happens may be noted that a connection was opened, or accepted. */
  static final Duration NOTING = Duration.ofSeconds(2);

  /**
   * One connection of a dead JVM.
   *
   * @param incarnation of the dead JVM
   * @param transaction the tag it had there
   * @param connection its two ends, that of the dead first
   * @param openedAtMillis when it was opened, milliseconds since 1970
   * @param diedAtMillis when the JVM was found dead
   * @param acceptedByMillis when it was accepted at the latest, if at all
   */
  record DeadSocket(
      int incarnation,
      TransactionId transaction,
      String connection,
      long openedAtMillis,
      long diedAtMillis,
      long acceptedByMillis) {

    private boolean wasThere(long acceptedAtMillis) {
      return acceptedAtMillis >= openedAtMillis - NOTING.toMillis()
          && acceptedAtMillis <= acceptedByMillis;
    }
  }

  private final Ledger ledger;
  private final Links links;
  private final Clock clock;
  private final Map<String, DeadSocket> sockets = new HashMap<>();

  RecentDead(Ledger ledger, Links links, Clock clock) {
    this.ledger = ledger;
    this.links = links;
    this.clock = clock;
  }

  void load() {
    ledger.forEach(
        Section.HANDLES,
        PREFIX,
        DeadSocket.class,
        (key, socket) -> sockets.put(socket.connection(), socket));
  }

  /**
   * Keeps what a JVM has left.
   *
   * @param living processes of this home
   */
  void add(int incarnation, List<HandleRecord> handles, Collection<Long> living) {
    Set<String> accepted = links.openedBy(incarnation);
    List<HandleRecord> left =
        handles.stream()
            .filter(handle -> handle.kind() == HandleKind.SOCKET && !handle.accepted())
            .filter(handle -> !accepted.contains(handle.what()))
            .toList();
    if (left.isEmpty()) {
      return;
    }
    Map<String, End> ends =
        KernelConnections.ends(living, left.stream().map(RecentDead::seenByAcceptor).toList());
    for (HandleRecord handle : left) {
      put(incarnation, handle, ends.getOrDefault(seenByAcceptor(handle), End.UNKNOWN));
    }
  }

  private static String seenByAcceptor(HandleRecord handle) {
    return Endpoints.remote(handle.what()) + " -> " + Endpoints.local(handle.what());
  }

  private void put(int incarnation, HandleRecord handle, End acceptors) {
    long now = clock.millis();
    DeadSocket socket =
        new DeadSocket(
            incarnation,
            handle.transaction(),
            handle.what(),
            handle.openedAtMillis(),
            now,
            now + acceptable(acceptors).toMillis());
    sockets.put(socket.connection(), socket);
    ledger.put(Section.HANDLES, PREFIX + socket.connection(), socket);
  }

  /** How long it may still be accepted: a busy server may let it wait for long. */
  private static Duration acceptable(End acceptors) {
    return switch (acceptors) {
      case NONE -> Duration.ZERO;
      case WAITING -> KEEP;
      case HELD, UNKNOWN -> NOTING;
    };
  }

  /**
   * Takes the socket of that connection out: once accepted, a second connection with the same ends
   * is another one.
   *
   * @param acceptedAtMillis when the connection was accepted
   */
  Optional<DeadSocket> take(String connection, long acceptedAtMillis) {
    DeadSocket socket = sockets.get(connection);
    if (socket == null || !has(connection, acceptedAtMillis)) {
      return Optional.empty();
    }
    drop(socket);
    return Optional.of(socket);
  }

  /** Whether a dead JVM had a connection with these ends at that time. */
  boolean has(String connection, long acceptedAtMillis) {
    DeadSocket socket = sockets.get(connection);
    return socket != null && socket.wasThere(acceptedAtMillis);
  }

  private void drop(DeadSocket socket) {
    sockets.remove(socket.connection());
    ledger.remove(Section.HANDLES, PREFIX + socket.connection());
  }

  void forgetOld() {
    long before = clock.millis() - KEEP.toMillis();
    List.copyOf(sockets.values()).stream()
        .filter(socket -> socket.diedAtMillis() < before)
        .forEach(this::drop);
  }
}
