package org.quicksilver.node;

import org.quicksilver.comm.Message;
import org.quicksilver.comm.Peer;

/**
 * Answers commands: {@code {"result": ...}}, or {@code {"error": message, "code": ...}} with one of
 * the codes not-found, denied, bad-request, ended, internal. Node thread only.
 */
final class AdminRequests {

  private record Result(Object result) {}

  private record Refusal(String error, String code) {}

  private final StatusRequests status;
  private final AuditRequests audit;
  private final TreeRequests trees;
  private final TransactionRequests transactions;
  private final ExplainRequests explanations;
  private final OwnerRequests owner;
  private final NodeLog log;

  AdminRequests(
      StatusRequests status,
      AuditRequests audit,
      TreeRequests trees,
      TransactionRequests transactions,
      ExplainRequests explanations,
      OwnerRequests owner,
      NodeLog log) {
    this.status = status;
    this.audit = audit;
    this.trees = trees;
    this.transactions = transactions;
    this.explanations = explanations;
    this.owner = owner;
    this.log = log;
  }

  void answer(Peer peer, String json, boolean fromOwner) {
    String answer = Json.write(answer(json, fromOwner));
    try {
      peer.answer(new Message.AdminResponse(answer));
    } catch (IllegalArgumentException e) {
      String text = Json.write(new Refusal(String.valueOf(e.getMessage()), "bad-request"));
      peer.answer(new Message.AdminResponse(text));
    }
  }

  private Object answer(String json, boolean fromOwner) {
    try {
      return new Result(result(Request.parse(json, fromOwner)));
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
      case "tree" -> trees.tree(request);
      case "transactions" -> transactions.list(request);
      case "transaction" -> transactions.show(request);
      case "explain" -> explanations.explain(request);
      case "leaks" -> audit.leaks(request);
      case "audit" -> audit.audit(request);
      case "abort" -> owner.abort(request);
      case "policy" -> owner.policy(request);
      case "stop" -> owner.stop(request);
      default ->
          throw RequestException.badRequest(
              "unknown command '"
                  + command
                  + "'; one of status, jvms, handles, tree, transactions,"
                  + " transaction, explain, leaks, audit, abort, policy, stop");
    };
  }
}
