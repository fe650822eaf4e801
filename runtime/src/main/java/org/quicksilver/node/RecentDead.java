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
  private static final Duration KEEP = Duration.ofMinutes(1);

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
   */
  Optional<DeadSocket> take(String connection) {
    DeadSocket socket = sockets.remove(connection);
    if (socket == null) {
      return Optional.empty();
    }
    ledger.remove(Section.HANDLES, PREFIX + connection);
    return Optional.of(socket);
  }

  void forgetOld() {
    long before = clock.millis() - KEEP.toMillis();
    List.copyOf(sockets.values()).stream()
        .filter(socket -> socket.diedAtMillis() < before)
        .forEach(socket -> take(socket.connection()));
  }
}
