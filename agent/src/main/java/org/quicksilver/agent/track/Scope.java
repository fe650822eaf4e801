package org.quicksilver.agent.track;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.ScopeRules;

/**
 * Which handles of this process are shared by design: by the rules that come along, and the user's
 * own. The rules are read when they are first asked for. Thread-safe.
 */
public final class Scope {

  private final AtomicReference<@Nullable ScopeRules> rules = new AtomicReference<>();

  /** Knows the rules that come along. */
  public Scope() {}

  private ScopeRules rules() {
    ScopeRules known = rules.get();
    return known == null ? read() : known;
  }

  /** Two at once both read them: an application's thread may hold any lock. */
  private ScopeRules read() {
    ScopeRules read = ScopeRules.builtIn();
    ScopeRules before = rules.compareAndExchange(null, read);
    return before == null ? read : before;
  }

  /**
   * Adds the user's own.
   *
   * @throws IOException if there are some that cannot be read; then they do not count
   */
  public void add(Path file) throws IOException {
    rules.set(rules().and(file));
  }

  /** Whether a rule names a frame of its opening stack; false without a stack. */
  public boolean isShared(Handle handle) {
    return isShared(handle.kind(), handle.stack());
  }

  /** The same, of a stack that is known already. */
  public boolean isShared(HandleKind kind, String stack) {
    return !stack.isEmpty() && rules().isShared(kind, stack);
  }
}
