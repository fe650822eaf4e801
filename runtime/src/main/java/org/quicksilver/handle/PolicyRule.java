package org.quicksilver.handle;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Durations;

/**
 * One rule: {@code kind[:glob]=action[+leaks][@grace]}, for instance {@code
 * file:/srv/spool/**=reclaim+leaks@5s} or {@code *=observe}. In the glob {@code *} stands for
 * anything but a slash, {@code **} for anything, {@code ?} for one character.
 *
 * @param kind the kind it is for; null for all
 * @param glob pattern over path, endpoints, title or command; null for all
 * @param policy what it says
 */
public record PolicyRule(@Nullable HandleKind kind, @Nullable String glob, Policy policy) {

  /**
   * Reads one rule.
   *
   * @throws IllegalArgumentException if it is malformed; the message says what and shows the form
   */
  public static PolicyRule parse(String text) {
    int equals = text.lastIndexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "not a policy rule: '" + text + "'; write kind[:glob]=action[+leaks][@grace]");
    }
    String subject = text.substring(0, equals).strip();
    int colon = subject.indexOf(':');
    String kind = colon < 0 ? subject : subject.substring(0, colon);
    String glob = colon < 0 ? null : subject.substring(colon + 1);
    return new PolicyRule(
        kind.equals("*") ? null : HandleKind.parse(kind),
        glob == null || glob.isEmpty() ? null : glob,
        policy(text.substring(equals + 1).strip()));
  }

  private static Policy policy(String text) {
    int at = text.indexOf('@');
    Duration grace = at < 0 ? Policy.DEFAULT_GRACE : Durations.parse(text.substring(at + 1));
    String action = (at < 0 ? text : text.substring(0, at)).strip().toLowerCase(Locale.ROOT);
    boolean leaks = action.endsWith("+leaks");
    String name = leaks ? action.substring(0, action.length() - "+leaks".length()) : action;
    return new Policy(action(name), leaks, grace);
  }

  private static Policy.Action action(String name) {
    return switch (name) {
      case "observe" -> Policy.Action.OBSERVE;
      case "reclaim" -> Policy.Action.RECLAIM;
      case "ignore" -> Policy.Action.IGNORE;
      default ->
          throw new IllegalArgumentException(
              "unknown policy '" + name + "'; one of observe, reclaim, ignore");
    };
  }

  /**
   * The pattern of the glob, to be compiled once; empty if the rule is for everything of its kind.
   */
  Optional<Pattern> pattern() {
    if (glob == null) {
      return Optional.empty();
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Optional.of(Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** The rule as {@link #parse} reads it. */
  @Override
  public String toString() {
    return (kind == null ? "*" : kind.word())
        + (glob == null ? "" : ":" + glob)
        + "="
        + policy.action().name().toLowerCase(Locale.ROOT)
        + (policy.leaks() ? "+leaks" : "")
        + "@"
        + Durations.format(policy.grace());
  }
}
