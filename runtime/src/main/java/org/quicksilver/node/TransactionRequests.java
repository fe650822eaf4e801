package org.quicksilver.node;

import java.util.List;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.TransactionId;

/** Answers {@code transactions} and {@code transaction}. Node thread only. */
final class TransactionRequests {

  private final NodeId self;
  private final TransactionTable transactions;
  private final ConversationTable conversations;
  private final Links links;
  private final JvmTable jvms;

  TransactionRequests(
      NodeId self,
      TransactionTable transactions,
      ConversationTable conversations,
      Links links,
      JvmTable jvms) {
    this.self = self;
    this.transactions = transactions;
    this.conversations = conversations;
    this.links = links;
    this.jvms = jvms;
  }

  /** Those under way; with {@code all} the tombstones, too. */
  List<TransactionView> list(Request request) throws RequestException {
    boolean all = request.flag("all");
    boolean programs = request.flag("programs");
    return transactions.all().stream()
        .filter(known -> all || known.endedAtMillis() == 0)
        .map(this::view)
        .filter(view -> !programs || view.kind().equals("program"))
        .toList();
  }

  TransactionView show(Request request) throws RequestException {
    TransactionId tid = links.resolve(request.transaction());
    TransactionTable.Known known = transactions.known(tid);
    if (known == null) {
      throw RequestException.notFound(
          "no transaction " + tid + " is known here: if it ever was, it ended long ago");
    }
    return view(known);
  }

  TransactionView view(TransactionTable.Known known) {
    TransactionId tid = known.state().tid();
    String kind =
        tid.sequence() == 1
            ? "process"
            : conversations.find(tid) != null ? "conversation" : "program";
    return TransactionView.of(known, self, kind, jvms);
  }
}
