package org.quicksilver.handle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An ordered list of rules; the first that matches says what is done, otherwise {@link
 * Policy#DEFAULT}. Immutable.
 */
public final class Policies {

  /** No rule: everything is observed. */
  public static final Policies NONE = new Policies(List.of());

  private record Compiled(PolicyRule rule, @Nullable Pattern pattern) {
    boolean matches(HandleKind kind, String what) {
      return (rule.kind() == null || rule.kind() == kind)
          && (pattern == null || pattern.matcher(what).matches());
    }
  }

  private final List<Compiled> rules;

  /** Takes the rules in their order. */
  public Policies(List<PolicyRule> rules) {
    List<Compiled> compiled = new ArrayList<>(rules.size());
    for (PolicyRule rule : rules) {
      compiled.add(new Compiled(rule, rule.pattern().orElse(null)));
    }
    this.rules = List.copyOf(compiled);
  }

  /**
   * Reads rules separated by semicolons; an empty text is no rule.
   *
   * @throws IllegalArgumentException if one is malformed; the message names it
   */
  public static Policies parse(String text) {
    List<PolicyRule> rules = new ArrayList<>();
    for (String rule : text.split(";")) {
      if (!rule.isBlank()) {
        rules.add(PolicyRule.parse(rule.strip()));
      }
    }
    return new Policies(rules);
  }

  /** What is to be done with such a handle. */
  public Policy of(HandleKind kind, String what) {
    return rule(kind, what).map(PolicyRule::policy).orElse(Policy.DEFAULT);
  }

  /** The rule that is about such a handle. */
  public Optional<PolicyRule> rule(HandleKind kind, String what) {
    for (Compiled compiled : rules) {
      if (compiled.matches(kind, what)) {
        return Optional.of(compiled.rule());
      }
    }
    return Optional.empty();
  }

  /** These rules first, then the others: a JVM's own come before those of its node. */
  public Policies then(Policies others) {
    List<PolicyRule> all = new ArrayList<>(rules());
    all.addAll(others.rules());
    return new Policies(all);
  }

  /** The rules in their order. */
  public List<PolicyRule> rules() {
    List<PolicyRule> all = new ArrayList<>(rules.size());
    for (Compiled compiled : rules) {
      all.add(compiled.rule());
    }
    return List.copyOf(all);
  }

  /** The rules as {@link #parse} reads them. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Compiled compiled : rules) {
      text.append(text.isEmpty() ? "" : ";").append(compiled.rule());
    }
    return text.toString();
  }
}
