package org.quicksilver.node;

import java.util.List;
import java.util.Map;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.PolicyRule;

/**
 * Does what only the owner may ask for: {@code policy} with new rules, {@code stop}. Node thread
 * only.
 */
final class OwnerRequests {

  private final JvmTable jvms;
  private final NodePolicies policies;
  private final Runnable stop;

  /**
   * Wires it.
   *
   * @param stop has the node stop, but only after the answer has been given
   */
  OwnerRequests(JvmTable jvms, NodePolicies policies, Runnable stop) {
    this.jvms = jvms;
    this.policies = policies;
    this.stop = stop;
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
