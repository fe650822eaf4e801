package org.quicksilver.node;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.quicksilver.log.NodeStore.Section;
import org.quicksilver.transaction.TransactionId;

/**
 * The conversations that this node knows, by their transaction. Node thread only; what is put
 * survives the process.
 */
final class ConversationTable {

  private static final String PREFIX = "conversation ";

  private final Ledger ledger;
  private final Map<TransactionId, Conversation> conversations = new HashMap<>();

  ConversationTable(Ledger ledger) {
    this.ledger = ledger;
  }

  void load() {
    ledger.forEach(
        Section.LINKS,
        PREFIX,
        Conversation.class,
        (key, conversation) -> conversations.put(conversation.tid(), conversation));
  }

  @Nullable Conversation find(TransactionId tid) {
    return conversations.get(tid);
  }

  void put(Conversation conversation) {
    if (!conversation.equals(conversations.put(conversation.tid(), conversation))) {
      ledger.put(Section.LINKS, PREFIX + conversation.tid(), conversation);
    }
  }

  /** A successor of this node need not know it. */
  void unstore(TransactionId tid) {
    if (conversations.containsKey(tid)) {
      ledger.remove(Section.LINKS, PREFIX + tid);
    }
  }

  void remove(TransactionId tid) {
    if (conversations.remove(tid) != null) {
      ledger.remove(Section.LINKS, PREFIX + tid);
    }
  }
}
