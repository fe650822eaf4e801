package org.quicksilver.node;

import java.io.IOException;
import java.util.List;

/**
 * What a node needs of the Java runtime beside {@code java.base}. A runtime that was put together
 * for one application need not have it; the agent does without.
 */
public final class RuntimeModules {

  private static final List<String> NEEDED =
      List.of("java.compiler", "java.logging", "java.management", "java.naming", "jdk.unsupported");

  private RuntimeModules() {}

  /**
   * Called before any class is loaded that would fail for it.
   *
   * @throws IOException if a module is missing; the message names all that are, and what to do
   */
  public static void check() throws IOException {
    List<String> missing =
        NEEDED.stream().filter(name -> ModuleLayer.boot().findModule(name).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new IOException(
          "the Java runtime "
              + System.getProperty("java.home")
              + " lacks what a node needs: "
              + String.join(", ", missing)
              + "; add these modules to it, or run 'quicksilver node' with another one");
    }
  }
}
