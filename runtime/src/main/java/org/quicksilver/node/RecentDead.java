package org.quicksilver.node;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.transaction.TransactionId;

/**
 * The connections that dead JVMs had opened, for a minute: a server may accept, or tell of it,
 * after its client has died. Node thread only; what is put survives the process.
 */
final class RecentDead {

  private static final String PREFIX = "socket ";

  /** For how long. */
  static final Duration KEPT = Duration.ofMinutes(1);

  /**
   * One connection of a dead JVM.
   *
   * @param incarnation of the dead JVM
   * @param transaction the tag it had there
   * @param connection its two ends, that of the dead first
   * @param diedAtMillis when the JVM was found dead, milliseconds since 1970
   */
  record DeadSocket(
      int incarnation, TransactionId transaction, String connection, long diedAtMillis) {}

  private final Ledger ledger;
  private final Clock clock;
  private final Map<String, DeadSocket> sockets = new HashMap<>();

  RecentDead(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  void load() {
    ledger.forEach(
        Section.HANDLES,
        PREFIX,
        DeadSocket.class,
        (key, socket) -> sockets.put(socket.connection(), socket));
  }

  void add(int incarnation, List<HandleRecord> handles) {
    for (HandleRecord handle : handles) {
      if (handle.kind() == HandleKind.SOCKET && !handle.accepted()) {
        DeadSocket socket =
            new DeadSocket(incarnation, handle.transaction(), handle.what(), clock.millis());
        sockets.put(socket.connection(), socket);
        ledger.put(Section.HANDLES, PREFIX + socket.connection(), socket);
      }
    }
  }

  /**
   * Takes the socket of that connection out: a second connection with the same ends is another one.
   *
   * @param atMost how long ago its JVM may have died
   */
  Optional<DeadSocket> take(String connection, Duration atMost) {
    DeadSocket socket = sockets.get(connection);
    if (socket == null || isOlder(socket, atMost)) {
      return Optional.empty();
    }
    drop(socket);
    return Optional.of(socket);
  }

  private boolean isOlder(DeadSocket socket, Duration age) {
    return socket.diedAtMillis() < clock.millis() - age.toMillis();
  }

  private void drop(DeadSocket socket) {
    sockets.remove(socket.connection());
    ledger.remove(Section.HANDLES, PREFIX + socket.connection());
  }

  void forgetOld() {
    List.copyOf(sockets.values()).stream()
        .filter(socket -> isOlder(socket, KEPT))
        .forEach(this::drop);
  }
}
