package net.openhft.compiler;

import java.util.function.Consumer;
import java.util.function.Function;
import javax.tools.StandardJavaFileManager;

/** A compiler that refuses: every class it could be asked for is in the jar already. */
public final class CachedCompiler {

  /** Set and never read. */
  public volatile Function<StandardJavaFileManager, MyJavaFileManager> fileManagerOverride;

  CachedCompiler() {}

  /** Does nothing: there is no file manager to update. */
  public void updateFileManagerForClassLoader(
      ClassLoader loader, Consumer<MyJavaFileManager> update) {}

  /**
   * Refuses.
   *
   * @throws ClassNotFoundException always; it names the class, which is to be generated at build
   *     time
   */
  @SuppressWarnings("DoNotCallSuggester")
  public Class<?> loadFromJava(ClassLoader loader, String className, String source)
      throws ClassNotFoundException {
    throw new ClassNotFoundException(
        className + " is not in the jar: it must be generated at build time, see src/build");
  }
}
