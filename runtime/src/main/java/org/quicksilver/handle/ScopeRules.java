package org.quicksilver.handle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which handles are shared by design and belong to the process, not to the request that happened to
 * open them: known by the frames of their opener. Asked only before a handle would be reported or
 * reclaimed, so it costs nothing where handles are opened.
 *
 * <p>The built-in list is the resource {@code scope.rules}: one beginning of {@code class.method} a
 * line, or after a star any part of the frame; {@code #} begins a comment. Immutable.
 */
public final class ScopeRules {

  private final List<String> rules;

  private ScopeRules(List<String> rules) {
    this.rules = rules;
  }

  /** The list that comes with Quicksilver. */
  public static ScopeRules builtIn() {
    InputStream in = ScopeRules.class.getResourceAsStream("scope.rules");
    if (in == null) {
      throw new IllegalStateException("scope.rules is missing from the jar");
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new ScopeRules(rules(reader.lines()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> rules(Stream<String> lines) {
    return lines
        .map(line -> line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /**
   * These and those of the user's own file, which is written in the same way. Where there is no
   * such file, these alone.
   *
   * @throws IOException if there is one that cannot be read
   */
  public ScopeRules and(Path file) throws IOException {
    if (!Files.exists(file)) {
      return this;
    }
    try (Stream<String> lines = Files.lines(file)) {
      List<String> all = new ArrayList<>(rules);
      all.addAll(rules(lines));
      return new ScopeRules(List.copyOf(all));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Whether a frame of this stack, one a line, is one of them. Without a stack nothing is known,
   * and nothing is shared.
   */
  public boolean isShared(String stack) {
    return rule(stack).isPresent();
  }

  /** The first rule that is about a frame of this stack. */
  public Optional<String> rule(String stack) {
    return stack.lines().flatMap(frame -> rules.stream().filter(r -> names(r, frame))).findFirst();
  }

  private static boolean names(String rule, String frame) {
    return rule.startsWith("*") ? frame.contains(rule.substring(1)) : frame.startsWith(rule);
  }
}
