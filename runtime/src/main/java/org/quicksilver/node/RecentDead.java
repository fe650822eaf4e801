package org.quicksilver.node;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.transaction.TransactionId;

/**
 * The connections that dead JVMs had opened and nobody was known to have accepted, for a minute: a
 * server may accept, or tell of it, after its client has died. Node thread only; what is put
 * survives the process.
 */
final class RecentDead {

  private static final String PREFIX = "socket ";
  private static final Duration KEEP = Duration.ofMinutes(1);

  /**
   * So much earlier than its opener notes it a connection may have been accepted; not later, as a
   * busy server may let it wait for long.
   */
  private static final Duration NOTING = Duration.ofSeconds(2);

  /**
   * One connection of a dead JVM.
   *
   * @param incarnation of the dead JVM
   * @param transaction the tag it had there
   * @param connection its two ends, that of the dead first
   * @param openedAtMillis when it was opened, milliseconds since 1970
   * @param diedAtMillis when the JVM was found dead
   */
  record DeadSocket(
      int incarnation,
      TransactionId transaction,
      String connection,
      long openedAtMillis,
      long diedAtMillis) {

    private boolean wasThere(long acceptedAtMillis) {
      return acceptedAtMillis >= openedAtMillis - NOTING.toMillis();
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

  void add(int incarnation, List<HandleRecord> handles) {
    Set<String> accepted = links.openedBy(incarnation);
    for (HandleRecord handle : handles) {
      if (handle.kind() == HandleKind.SOCKET
          && !handle.accepted()
          && !accepted.contains(handle.what())) {
        DeadSocket socket =
            new DeadSocket(
                incarnation,
                handle.transaction(),
                handle.what(),
                handle.openedAtMillis(),
                clock.millis());
        sockets.put(socket.connection(), socket);
        ledger.put(Section.HANDLES, PREFIX + socket.connection(), socket);
      }
    }
  }

  /**
   * Takes the socket of that connection out: once accepted, a second connection with the same ends
   * is another one, and on a busy machine ports come back within seconds.
   *
   * @param acceptedAtMillis when the connection was accepted
   */
  Optional<DeadSocket> take(String connection, long acceptedAtMillis) {
    DeadSocket socket = sockets.get(connection);
    if (socket == null || !socket.wasThere(acceptedAtMillis)) {
      return Optional.empty();
    }
    drop(socket);
    return Optional.of(socket);
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
