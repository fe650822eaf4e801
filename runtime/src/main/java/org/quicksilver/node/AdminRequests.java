package org.quicksilver.node;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.Peer;

/**
 * Answers commands: {@code {"result": ...}}, or {@code {"error": message, "code": ...}} with one of
 * the codes not-found, denied, bad-request, refused, ended, internal. Lists come page by page, see
 * {@link Page}. Node thread only.
 */
final class AdminRequests {

  private record Result(Object result) {}

  private record Refusal(String error, String code) {}

  private final StatusRequests status;
  private final AuditRequests audit;
  private final TreeRequests trees;
  private final TransactionRequests transactions;
  private final ExplainRequests explanations;
  private final TransactionTrees transactionTrees;
  private final OwnerRequests owner;
  private final OperatorRequests operator;
  private final LogRequests records;
  private final StatisticsRequests statistics;
  private final QueueRequests queues;
  private final NodeLog log;

  AdminRequests(
      StatusRequests status,
      AuditRequests audit,
      TreeRequests trees,
      TransactionRequests transactions,
      ExplainRequests explanations,
      TransactionTrees transactionTrees,
      OwnerRequests owner,
      OperatorRequests operator,
      LogRequests records,
      StatisticsRequests statistics,
      QueueRequests queues,
      NodeLog log) {
    this.status = status;
    this.audit = audit;
    this.trees = trees;
    this.transactions = transactions;
    this.explanations = explanations;
    this.transactionTrees = transactionTrees;
    this.owner = owner;
    this.operator = operator;
    this.records = records;
    this.statistics = statistics;
    this.queues = queues;
    this.log = log;
  }

  /** Answers at once, or when what was asked for is done. */
  void answer(Peer peer, String json, boolean fromOwner) {
    Object answer = answer(json, fromOwner);
    if (answer instanceof CompletableFuture<?> later) {
      later.whenComplete(
          (result, failure) -> send(peer, failure == null ? new Result(result) : failed(failure)));
    } else {
      send(peer, answer);
    }
  }

  private static Refusal failed(Throwable failure) {
    return new Refusal(String.valueOf(failure.getMessage()), "internal");
  }

  private static void send(Peer peer, Object answer) {
    try {
      String json = answer instanceof Page page ? page.toJson() : Json.write(answer);
      peer.answer(new Message.AdminResponse(json));
    } catch (IllegalArgumentException e) {
      String text = Json.write(new Refusal(String.valueOf(e.getMessage()), "bad-request"));
      peer.answer(new Message.AdminResponse(text));
    }
  }

  private Object answer(String json, boolean fromOwner) {
    try {
      Request request = Request.parse(json, fromOwner);
      Object result = result(request);
      if (result instanceof List<?> rows) {
        return Page.of(rows, request.after());
      }
      boolean isAnswer = result instanceof CompletableFuture<?> || result instanceof Page;
      return isAnswer ? result : new Result(result);
    } catch (RequestException e) {
      return new Refusal(String.valueOf(e.getMessage()), e.code());
    } catch (RuntimeException e) {
      log.error("request failed: " + json, e);
      return new Refusal("the node failed: " + e, "internal");
    }
  }

  private Object result(Request request) throws RequestException {
    String command = request.command();
    return switch (command) {
      case "status" -> status.status();
      case "jvms" -> status.jvms(request);
      case "handles" -> status.handles(request);
      case "unattributed" -> status.unattributed(request);
      case "tree" -> trees.tree(request);
      case "transactions" -> transactions.list(request);
      case "transaction" -> transactions.show(request);
      case "explain" -> explanations.explain(request);
      case "transaction-tree" -> transactionTrees.trees(request);
      case "leaks" -> audit.leaks(request);
      case "audit" -> audit.audit(request);
      case "abort" -> operator.abort(request);
      case "commit" -> operator.commit(request);
      case "resolve" -> operator.resolve(request);
      case "log-force" -> records.force(request);
      case "log-checkpoint" -> records.checkpoint(request);
      case "statistics" -> statistics.statistics();
      case "queues" -> queues.queues();
      case "policy" -> owner.policy(request);
      case "stop" -> owner.stop(request);
      default ->
          throw RequestException.badRequest(
              "unknown command '"
                  + command
                  + "'; one of status, statistics, queues, jvms, handles, unattributed, tree,"
                  + " transactions, transaction, transaction-tree, explain, leaks, audit, abort, commit, resolve, log-force, log-checkpoint, policy,"
                  + " stop");
    };
  }
}
