package org.quicksilver.agent.track;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;

/**
 * Classes of ours among the JDK's: what its classes call, or can be given in place of their own.
 * Once per JVM, whichever agent comes first.
 *
 * <p>They are not appended to the boot class path: that would switch class-data sharing off and
 * make the JVM say so.
 */
public final class JdkNeighbor {

  private JdkNeighbor() {}

  /**
   * Defines one, if that has not been done.
   *
   * @param beside a class of its package, which must have been opened to our module
   */
  public static Class<?> define(String name, Class<?> beside) throws IOException {
    try {
      return Class.forName(name, false, null);
    } catch (ClassNotFoundException e) {
      return fromTheJar(name, beside);
    }
  }

  private static Class<?> fromTheJar(String name, Class<?> beside) throws IOException {
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = JdkNeighbor.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the jar is damaged: " + resource + " is missing");
      }
      return MethodHandles.privateLookupIn(beside, MethodHandles.lookup())
          .defineClass(in.readAllBytes());
    } catch (IllegalAccessException e) {
      throw new IOException("this JVM does not let the agent define " + name + ": " + e, e);
    }
  }
}
