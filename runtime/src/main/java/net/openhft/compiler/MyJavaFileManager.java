package net.openhft.compiler;

import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.StandardJavaFileManager;

/**
 * Superclass of a class in {@code net.openhft.chronicle.values} that is linked, but never
 * instantiated.
 */
public class MyJavaFileManager extends ForwardingJavaFileManager<JavaFileManager> {

  /** Linked against. */
  public MyJavaFileManager(StandardJavaFileManager delegate) {
    super(delegate);
  }
}
