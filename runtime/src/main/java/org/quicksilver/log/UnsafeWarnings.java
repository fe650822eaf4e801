package org.quicksilver.log;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps JDK 24 and later from warning on standard error that Chronicle uses {@code
 * sun.misc.Unsafe}.
 *
 * <p>The JVM flag for that, {@code -Dsun.misc.unsafe.memory.access=allow}, is on the command line
 * of every node we start. Where somebody else wrote the command line, the JDK's own copy of the
 * properties is amended before {@code Unsafe} reads it, which works if {@code jdk.internal.misc} is
 * open to us, as the manifest of the jar asks for.
 */
final class UnsafeWarnings {

  private static final Logger LOG = Logger.getLogger(UnsafeWarnings.class.getName());
  private static final String PROPERTY = "sun.misc.unsafe.memory.access";

  private UnsafeWarnings() {}

  static void silence() {
    if (Runtime.version().feature() < 24 || System.getProperty(PROPERTY) != null) {
      return;
    }
    try {
      Field field = Class.forName("jdk.internal.misc.VM").getDeclaredField("savedProps");
      field.setAccessible(true);
      Map<Object, Object> properties = new HashMap<>((Map<?, ?>) field.get(null));
      properties.put(PROPERTY, "allow");
      field.set(null, properties);
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.FINE, "the JDK will warn of Unsafe", e);
    }
  }
}
