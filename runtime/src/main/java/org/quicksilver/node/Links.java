package org.quicksilver.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.transaction.TransactionId;

/**
 * The links that were found, and what follows from them: which provisional ID stands for which
 * transaction. Node thread only; what is put survives the process.
 */
final class Links {

  private static final String PREFIX = "link ";

  /**
   * What hangs on one transaction: the keys of its links, and the provisional IDs that stand for
   * it, its own included.
   */
  private record Group(Set<String> keys, Set<TransactionId> provisional) {
    Group() {
      this(new LinkedHashSet<>(), new LinkedHashSet<>());
    }
  }

  private final Ledger ledger;
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Map<TransactionId, TransactionId> aliases = new HashMap<>();
  private final Map<TransactionId, Group> groups = new HashMap<>();

  Links(Ledger ledger) {
    this.ledger = ledger;
  }

  void load() {
    ledger.forEach(Section.LINKS, PREFIX, Link.class, (key, link) -> enter(link));
  }

  /** Enters a link or replaces the one over the same connection. */
  void put(Link link) {
    Link before = links.get(key(link));
    if (before != null) {
      group(resolve(before.transaction())).keys().remove(key(before));
    }
    enter(link);
    ledger.put(Section.LINKS, key(link), link);
  }

  private void enter(Link link) {
    TransactionId tid = resolve(link.transaction());
    TransactionId provisional = resolve(link.provisional());
    if (!provisional.equals(tid)) {
      merge(provisional, tid);
    }
    links.put(key(link), link);
    group(tid).keys().add(key(link));
    group(tid).provisional().add(link.provisional());
  }

  /** Every ID that stood for the one now stands for the other, so that a look-up is one step. */
  private void merge(TransactionId from, TransactionId into) {
    Group moved = groups.remove(from);
    if (moved != null) {
      group(into).keys().addAll(moved.keys());
      group(into).provisional().addAll(moved.provisional());
      moved.provisional().forEach(id -> aliases.put(id, into));
    }
    aliases.put(from, into);
    group(into).provisional().add(from);
  }

  private Group group(TransactionId tid) {
    return groups.computeIfAbsent(tid, any -> new Group());
  }

  private static String key(Link link) {
    String connection = key(link.acceptor(), link.local(), link.remote());
    return link.turn() == 0 ? connection : connection + " turn " + link.provisional();
  }

  private static String key(int acceptor, String local, String remote) {
    return PREFIX + Integer.toUnsignedString(acceptor) + " " + remote + " " + local;
  }

  /** What was found of a part of a stream, and is what its connection's link says already. */
  void putAlias(TransactionId provisional, TransactionId tid) {
    if (!resolve(provisional).equals(resolve(tid))) {
      merge(resolve(provisional), resolve(tid));
    }
  }

  /** Nothing is left of a part of a stream. */
  void dropTurn(TransactionId provisional) {
    Group group = groups.get(resolve(provisional));
    if (group == null || !aliases.containsKey(provisional)) {
      return;
    }
    aliases.remove(provisional);
    group.provisional().remove(provisional);
    for (String key : new ArrayList<>(group.keys())) {
      Link link = links.get(key);
      if (link != null && link.turn() > 0 && link.provisional().equals(provisional)) {
        group.keys().remove(key);
        links.remove(key);
        ledger.remove(Section.LINKS, key);
      }
    }
  }

  /** The link over a connection itself, as its opening end names it. */
  Optional<Link> seenAs(int opener, String connection) {
    return links.values().stream()
        .filter(link -> link.opener() == opener && link.turn() == 0)
        .filter(link -> link.seenByOpener().equals(connection))
        .findFirst();
  }

  /** The connections of a JVM that are known to have been accepted, as it names them itself. */
  Set<String> openedBy(int opener) {
    return links.values().stream()
        .filter(link -> link.opener() == opener && link.turn() == 0)
        .map(Link::seenByOpener)
        .collect(Collectors.toSet());
  }

  /**
   * Another connection between these ends has been accepted: the former is no longer what they
   * name. Ports come back, on a busy machine within minutes; what hung on it is known by its IDs.
   */
  void displace(int acceptor, String local, String remote) {
    Link former = links.remove(key(acceptor, local, remote));
    if (former != null) {
      group(resolve(former.transaction())).keys().remove(key(former));
      ledger.remove(Section.LINKS, key(former));
    }
  }

  /** The link over a connection, as its accepting end names it. */
  @Nullable Link find(int acceptor, String local, String remote) {
    return links.get(key(acceptor, local, remote));
  }

  /**
   * The transaction that an ID stands for: itself, unless it was provisional and has been joined to
   * another, and so on.
   */
  TransactionId resolve(TransactionId id) {
    return aliases.getOrDefault(id, id);
  }

  /** Whether this ID is known to have been issued for an accepted connection. */
  boolean isProvisional(TransactionId id) {
    Group group = groups.get(resolve(id));
    return group != null && group.provisional().contains(id);
  }

  /** All links of one transaction, also those found under IDs that stand for it. */
  List<Link> of(TransactionId tid) {
    Group group = groups.get(tid);
    return group == null
        ? List.of()
        : group.keys().stream().map(links::get).filter(Objects::nonNull).toList();
  }

  /** A successor of this node need not know these links. */
  void unstore(TransactionId tid) {
    of(tid).forEach(link -> ledger.remove(Section.LINKS, key(link)));
  }

  /** Drops the links of a transaction that is forgotten. */
  void forget(TransactionId tid) {
    Group group = groups.remove(tid);
    if (group != null) {
      for (String key : new ArrayList<>(group.keys())) {
        links.remove(key);
        ledger.remove(Section.LINKS, key);
      }
      group.provisional().forEach(aliases::remove);
    }
  }
}
