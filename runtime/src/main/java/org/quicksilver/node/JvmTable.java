package org.quicksilver.node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.Peer;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.transaction.TransactionId;

/**
 * All JVMs of this home: those that live, and what is remembered of the last thousand dead. Node
 * thread only.
 */
final class JvmTable {

  private static final String PREFIX = "jvm ";
  private static final int MOST_DEAD = 1000;

  private final long node;
  private final Ledger ledger;
  private final Map<Integer, Jvm> living = new LinkedHashMap<>();
  private final Map<Integer, JvmRecord> remembered = new LinkedHashMap<>();

  /**
   * An empty table.
   *
   * @param node whose JVMs they are
   */
  JvmTable(long node, Ledger ledger) {
    this.node = node;
    this.ledger = ledger;
  }

  /** Reads what an earlier node has stored. */
  void load() {
    List<JvmRecord> records = new ArrayList<>();
    ledger.forEach(Section.META, PREFIX, JvmRecord.class, (key, record) -> records.add(record));
    records.sort((a, b) -> Integer.compareUnsigned(a.incarnation(), b.incarnation()));
    records.forEach(record -> remembered.put(record.incarnation(), record));
  }

  /** Enters one that lives. */
  void add(Jvm jvm) {
    JvmRecord record = remembered.get(jvm.incarnation());
    if (record != null && record.startMark() != 0) {
      jvm.startMark(record.startMark());
    }
    living.put(jvm.incarnation(), jvm);
    remember(JvmRecord.living(jvm));
  }

  /**
   * Notes what has become known since a JVM was entered: it writes its command line only some time
   * after its start.
   */
  void refresh() {
    for (Jvm jvm : living.values()) {
      JvmRecord record = remembered.get(jvm.incarnation());
      if (record == null || record.command().isEmpty() || record.startMark() == 0) {
        remember(JvmRecord.living(jvm));
      }
    }
  }

  /** Keeps what is known of one. */
  void remember(JvmRecord record) {
    if (!record.equals(remembered.put(record.incarnation(), record))) {
      ledger.put(Section.META, key(record.incarnation()), record);
    }
  }

  private static String key(int incarnation) {
    return PREFIX + Integer.toUnsignedString(incarnation);
  }

  /** Moves one to the dead; it must have been entered. */
  void bury(Jvm jvm, JvmRecord record) {
    living.remove(jvm.incarnation());
    remember(record);
    forgetTheOldest();
  }

  private void forgetTheOldest() {
    long dead = remembered.values().stream().filter(JvmRecord::isDead).count();
    List<Integer> oldest =
        remembered.values().stream()
            .filter(JvmRecord::isDead)
            .limit(Math.max(0, dead - MOST_DEAD))
            .map(JvmRecord::incarnation)
            .toList();
    for (int incarnation : oldest) {
      remembered.remove(incarnation);
      ledger.remove(Section.META, key(incarnation));
    }
  }

  /** One that lives, by its incarnation. */
  @Nullable Jvm find(int incarnation) {
    return living.get(incarnation);
  }

  /** The JVM whose control channel this is. */
  Optional<Jvm> of(Peer peer) {
    return living.values().stream().filter(jvm -> jvm.peer() == peer).findFirst();
  }

  Collection<Jvm> living() {
    return List.copyOf(living.values());
  }

  /** What is known of a JVM, dead or alive. */
  @Nullable JvmRecord record(int incarnation) {
    Jvm jvm = living.get(incarnation);
    return jvm == null ? remembered.get(incarnation) : JvmRecord.living(jvm);
  }

  /** What is known of the JVM that a transaction began in; null if it began on another node. */
  @Nullable JvmRecord beginner(TransactionId tid) {
    return tid.node() == node ? record(tid.incarnation()) : null;
  }

  /** Those that an earlier node knew alive and that have no file any more. */
  List<JvmRecord> lost() {
    return remembered.values().stream()
        .filter(record -> !record.isDead() && !living.containsKey(record.incarnation()))
        .toList();
  }

  List<JvmRecord> dead() {
    return remembered.values().stream().filter(JvmRecord::isDead).toList();
  }

  /**
   * Tells a JVM something, if it is connected; otherwise it is told again, by whoever must, when it
   * has come back.
   */
  void send(int incarnation, Message message) {
    Jvm jvm = living.get(incarnation);
    if (jvm != null && jvm.peer() != null) {
      jvm.peer().send(message);
    }
  }

  /** Tells every JVM that is connected. */
  void sendAll(Message message) {
    living().forEach(jvm -> send(jvm.incarnation(), message));
  }
}
