package net.openhft.compiler;

/**
 * Holds the compiler that does not compile. Chronicle's own demands a system compiler as soon as it
 * is initialized.
 */
public enum CompilerUtils {
  ;

  /** Linked against by {@code ValueModel}. */
  public static final CachedCompiler CACHED_COMPILER = new CachedCompiler();
}
