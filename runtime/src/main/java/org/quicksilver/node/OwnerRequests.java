package org.quicksilver.node;

import java.util.List;
import java.util.Map;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.PolicyRule;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Does what only the owner may ask for: {@code abort}, {@code policy} with new rules, {@code stop}.
 * Node thread only.
 */
final class OwnerRequests {

  private final TransactionTable transactions;
  private final Links links;
  private final JvmTable jvms;
  private final TransactionShell shell;
  private final NodePolicies policies;
  private final Runnable stop;

  /**
   * Wires it.
   *
   * @param stop has the node stop, but only after the answer has been given
   */
  OwnerRequests(
      TransactionTable transactions,
      Links links,
      JvmTable jvms,
      TransactionShell shell,
      NodePolicies policies,
      Runnable stop) {
    this.transactions = transactions;
    this.links = links;
    this.jvms = jvms;
    this.shell = shell;
    this.policies = policies;
    this.stop = stop;
  }

  /** Aborts a conversation as its owner would. */
  Map<String, Object> abort(Request request) throws RequestException {
    request.needsOwner();
    TransactionId tid = links.resolve(request.transaction());
    TransactionState state = transactions.find(tid);
    if (state == null) {
      throw RequestException.notFound("no transaction " + tid + " is known here; see 'tree'");
    }
    if (state.outcome() != null) {
      throw RequestException.ended("transaction " + tid + " has ended already: " + state.outcome());
    }
    if (tid.sequence() == 1) {
      throw RequestException.badRequest(
          tid + " is the transaction of a whole process, which lives; end the process instead");
    }
    shell.ownerAborts(tid, "by command");
    return Map.of("transaction", tid, "outcome", Outcome.ABORTED);
  }

  Map<String, Object> policy(Request request) throws RequestException {
    if (request.text("set").isPresent()) {
      request.needsOwner();
      set(request.text("set").get());
    }
    List<String> rules = policies.rules().rules().stream().map(PolicyRule::toString).toList();
    return Map.of("rules", rules);
  }

  private void set(String text) throws RequestException {
    try {
      policies.set(text);
    } catch (IllegalArgumentException e) {
      throw RequestException.badRequest(e);
    }
    jvms.sendAll(new Message.PolicyChange(policies.rules().toString()));
  }

  Map<String, Object> stop(Request request) throws RequestException {
    request.needsOwner();
    stop.run();
    return Map.of("stopping", true);
  }
}
