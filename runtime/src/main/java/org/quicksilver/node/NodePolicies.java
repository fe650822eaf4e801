package org.quicksilver.node;

import org.quicksilver.handle.Policies;
import org.quicksilver.log.NodeStore.Section;

/**
 * The node's rules for all JVMs: those set by command, otherwise those of the node's options. Node
 * thread only; they survive the process.
 */
final class NodePolicies {

  private static final String KEY = "policy";

  private record Rules(String text) {}

  private final Ledger ledger;
  private Policies rules;

  NodePolicies(Ledger ledger, String fromOptions, NodeLog log) {
    this.ledger = ledger;
    rules = parse(fromOptions, log);
  }

  private static Policies parse(String text, NodeLog log) {
    try {
      return Policies.parse(text);
    } catch (IllegalArgumentException e) {
      log.warn("policies of the options ignored: " + e.getMessage());
      return Policies.NONE;
    }
  }

  void load() {
    ledger.forEach(
        Section.META, KEY, Rules.class, (key, stored) -> rules = Policies.parse(stored.text()));
  }

  Policies rules() {
    return rules;
  }

  /**
   * Replaces the rules.
   *
   * @throws IllegalArgumentException if the text is malformed; nothing is changed then
   */
  void set(String text) {
    rules = Policies.parse(text);
    ledger.put(Section.META, KEY, new Rules(rules.toString()));
  }
}
