package org.quicksilver.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.SubordinateDoubt;
import org.quicksilver.transaction.SubordinatePhase;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Ends transactions on an operator's word: {@code abort}, {@code commit}, {@code resolve}. Each
 * needs the owner's secret. Node thread only.
 *
 * <p>Source: transaction-manager.md, "Rules" (the owner may commit or abort), and subordinate
 * table, "operator resolves".
 */
final class OperatorRequests {

  /** Shorter than the patience of commands, which is 30 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TransactionTable transactions;
  private final ConversationTable conversations;
  private final Links links;
  private final TransactionShell shell;
  private final Expectations expectations;
  private final NodeLog log;

  OperatorRequests(
      TransactionTable transactions,
      ConversationTable conversations,
      Links links,
      TransactionShell shell,
      Expectations expectations,
      NodeLog log) {
    this.transactions = transactions;
    this.conversations = conversations;
    this.links = links;
    this.shell = shell;
    this.expectations = expectations;
    this.log = log;
  }

  /** Aborts one as its owner would. */
  Map<String, Object> abort(Request request) throws RequestException {
    TransactionState state = open(request);
    if (isOfProcess(state)) {
      throw RequestException.badRequest(
          state.tid()
              + " is the transaction of a whole process, which lives; end the process instead");
    }
    shell.ownerAborts(state.tid(), "by command");
    return Map.of("transaction", state.tid(), "outcome", Outcome.ABORTED);
  }

  private TransactionState open(Request request) throws RequestException {
    request.needsOwner();
    TransactionId tid = links.resolve(request.transaction());
    TransactionState state = transactions.find(tid);
    if (state == null) {
      throw RequestException.notFound("no transaction " + tid + " is known here; see 'tx list'");
    }
    if (state.outcome() != null) {
      throw RequestException.ended("transaction " + tid + " has ended already: " + state.outcome());
    }
    return state;
  }

  private static boolean isOfProcess(TransactionState state) {
    return state.tid().sequence() == 1;
  }

  /** Commits one as its owner would; answered with the outcome, or after a while with the phase. */
  CompletableFuture<Map<String, Object>> commit(Request request) throws RequestException {
    TransactionState state = open(request);
    TransactionId tid = state.tid();
    if (isOfProcess(state)) {
      throw RequestException.refused(
          tid + " is the transaction of a whole process, which commits it by an orderly exit");
    } else if (conversations.find(tid) != null) {
      throw RequestException.refused(
          tid + " is a conversation, which commits when its connection is closed by both sides");
    } else if (state.ownership().localIncarnation() == 0) {
      throw RequestException.refused(
          "the owner of " + tid + " is no process of this node: commit it at the owner's node");
    } else if (state.ownership().goesTo() != null) {
      throw RequestException.refused(
          tid + " is just being given to an owner on another node: commit it there");
    } else if (state.isFailed()) {
      throw RequestException.refused(
          tid + " has failed and can only be aborted: " + String.join("; ", state.failures()));
    }
    log.info(tid + ": an operator commits it in place of its owner");
    CompletableFuture<TransactionState> decided =
        next(tid, now -> now.outcome() != null && now.phase() != SubordinatePhase.FORCING_COMMIT);
    shell.ownerCommits(tid);
    return decided.thenApply(OperatorRequests::ending);
  }

  private CompletableFuture<TransactionState> next(
      TransactionId tid, Predicate<TransactionState> condition) {
    return expectations.next(transactions, tid, condition, PATIENCE);
  }

  private static Map<String, Object> ending(TransactionState state) {
    return Map.of(
        "transaction",
        state.tid(),
        "phase",
        state.phase().toString(),
        "outcome",
        state.outcome() == null ? "" : state.outcome().toString(),
        "reasons",
        state.outcome() == Outcome.ABORTED ? state.failures() : List.of());
  }

  /** Decides one in doubt; answered when that is in the log. */
  CompletableFuture<Map<String, Object>> resolve(Request request) throws RequestException {
    Outcome outcome = outcome(request);
    TransactionState state = open(request);
    TransactionId tid = state.tid();
    if (!SubordinateDoubt.isInDoubt(state)) {
      throw RequestException.refused(tid + " is not in doubt: " + whyNot(state));
    }
    log.warn(tid + ": an operator resolves it: " + outcome);
    CompletableFuture<TransactionState> logged =
        next(tid, now -> now.phase() != SubordinatePhase.FORCING_HEURISTIC);
    shell.on(tid, "operator resolves", s -> SubordinateDoubt.onOperatorResolves(s, outcome));
    return logged.thenApply(OperatorRequests::ending);
  }

  private static Outcome outcome(Request request) throws RequestException {
    return switch (request.text("outcome").orElse("")) {
      case "commit" -> Outcome.COMMITTED;
      case "abort" -> Outcome.ABORTED;
      default -> throw RequestException.badRequest("\"outcome\" must be commit or abort");
    };
  }

  private static String whyNot(TransactionState state) {
    if (!(state.role() instanceof Role.Subordinate role)) {
      return "this node decides it; commit or abort it";
    }
    return role.phase() == SubordinatePhase.PREPARED
        ? "its superior, node " + role.primary().node() + ", is linked and will tell its outcome"
        : "it is " + role.phase() + ", not prepared with its superior out of reach";
  }
}
