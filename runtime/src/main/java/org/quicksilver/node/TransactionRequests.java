package org.quicksilver.node;

import java.util.List;
import java.util.stream.Stream;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/** Answers {@code transactions} and {@code transaction}. Node thread only. */
final class TransactionRequests {

  private final TransactionTable transactions;
  private final ConversationTable conversations;
  private final Links links;
  private final JvmTable jvms;

  TransactionRequests(
      TransactionTable transactions, ConversationTable conversations, Links links, JvmTable jvms) {
    this.transactions = transactions;
    this.conversations = conversations;
    this.links = links;
    this.jvms = jvms;
  }

  /** Those under way; with {@code all} the tombstones, too. */
  List<TransactionView> list(Request request) throws RequestException {
    boolean all = request.flag("all");
    boolean programs = request.flag("programs");
    Stream<TransactionState> states =
        all ? transactions.all().stream() : transactions.active().stream();
    return states
        .map(this::view)
        .filter(view -> !programs || view.kind().equals("program"))
        .toList();
  }

  TransactionView show(Request request) throws RequestException {
    TransactionId tid = links.resolve(request.transaction());
    TransactionState state = transactions.find(tid);
    if (state == null) {
      throw RequestException.notFound(
          "no transaction " + tid + " is known here: if it ever was, it ended long ago");
    }
    return view(state);
  }

  private TransactionView view(TransactionState state) {
    TransactionId tid = state.tid();
    String kind =
        tid.sequence() == 1
            ? "process"
            : conversations.find(tid) != null ? "conversation" : "program";
    return TransactionView.of(state, kind, jvms);
  }
}
