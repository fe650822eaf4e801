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
 * <p>The built-in list is the resource {@code scope.rules}: one rule a line, {@code [KIND...: ][by
 * ]FRAME}. A frame is the beginning of {@code class.method}, or after a star any part of it; {@code
 * #} begins a comment. A rule that names code which calls the application has to say {@code by}, or
 * all that the application opens in there would be shared. Immutable.
 */
public final class ScopeRules {

  private final List<ScopeRule> rules;

  private ScopeRules(List<ScopeRule> rules) {
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

  private static List<ScopeRule> rules(Stream<String> lines) {
    return lines
        .map(line -> line.indexOf('#') < 0 ? line : line.substring(0, line.indexOf('#')))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(ScopeRule::parse)
        .toList();
  }

  /**
   * These and those of the user's own file, which is written in the same way. Where there is no
   * such file, these alone.
   *
   * @throws IOException if there is one that cannot be read, or names a kind that is none
   */
  public ScopeRules and(Path file) throws IOException {
    if (!Files.exists(file)) {
      return this;
    }
    // A line in another encoding names nothing, and the others count all the same.
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    try {
      List<ScopeRule> all = new ArrayList<>(rules);
      all.addAll(rules(text.lines()));
      return new ScopeRules(List.copyOf(all));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Whether a rule about this kind names a frame of this stack, one a line, innermost first.
   * Without a stack nothing is known, and nothing is shared.
   */
  public boolean isShared(HandleKind kind, String stack) {
    return rule(kind, stack).isPresent();
  }

  /** The first rule about this kind that names a frame of this stack. */
  public Optional<String> rule(HandleKind kind, String stack) {
    List<String> frames = stack.lines().toList();
    String opener = ScopeRule.opener(frames).orElse("");
    return frames.stream()
        .flatMap(frame -> rules.stream().filter(r -> r.isAbout(kind, frame, frame.equals(opener))))
        .map(ScopeRule::text)
        .findFirst();
  }
}
