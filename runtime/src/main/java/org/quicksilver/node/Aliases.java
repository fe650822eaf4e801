package org.quicksilver.node;

import java.util.HashMap;
import java.util.Map;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.TransactionId;

/**
 * The names that prepared participants have taken in later lives of their processes, by their
 * first, which is the one they have written down. Node thread only; survives the process.
 */
final class Aliases {

  private static final String PREFIX = "alias ";

  private record Alias(int incarnation, int number) {}

  private final Ledger ledger;
  private final Map<String, ProcessParticipant> latest = new HashMap<>();

  Aliases(Ledger ledger) {
    this.ledger = ledger;
  }

  void load() {
    ledger.forEach(
        Section.META,
        PREFIX,
        Alias.class,
        (key, alias) ->
            latest.put(key, new ProcessParticipant(alias.incarnation(), alias.number())));
  }

  /** The latest name of one, its first if it has no other. */
  ProcessParticipant find(TransactionId tid, ProcessParticipant first) {
    return latest.getOrDefault(key(tid, first), first);
  }

  void put(TransactionId tid, ProcessParticipant first, ProcessParticipant now) {
    latest.put(key(tid, first), now);
    ledger.put(Section.META, key(tid, first), new Alias(now.incarnation(), now.number()));
  }

  private static String key(TransactionId tid, ProcessParticipant first) {
    return PREFIX
        + tid
        + " "
        + Integer.toUnsignedString(first.incarnation())
        + " "
        + first.number();
  }

  /** A transaction is forgotten. */
  void forget(TransactionId tid) {
    String ofIt = PREFIX + tid + " ";
    latest.keySet().stream()
        .filter(key -> key.startsWith(ofIt))
        .toList()
        .forEach(
            key -> {
              latest.remove(key);
              ledger.remove(Section.META, key);
            });
  }
}
