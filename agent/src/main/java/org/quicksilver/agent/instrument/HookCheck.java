package org.quicksilver.agent.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which hooks find nothing to intercept on this JDK: what they are for is not recorded there, and
 * nobody would notice. Reads some fifty class files, a few milliseconds; for the background.
 */
final class HookCheck {

  private HookCheck() {}

  /** One line for each such hook, in the order of their classes. */
  static List<String> unmatched(Map<String, List<Hook>> hooks) throws IOException {
    List<String> unmatched = new ArrayList<>();
    for (Map.Entry<String, List<Hook>> type : new TreeMap<>(hooks).entrySet()) {
      if (!isMissingByRight(type.getKey())) {
        add(type.getKey(), type.getValue(), unmatched);
      }
    }
    return unmatched;
  }

  private static void add(String type, List<Hook> hooks, List<String> unmatched)
      throws IOException {
    try (InputStream file = file(type)) {
      ClassShape shape = file == null ? null : ClassShape.read(file);
      for (Hook hook : hooks) {
        if (shape == null || !shape.matches(hook)) {
          String methods = String.join(", ", hook.methods());
          unmatched.add(type.replace('/', '.') + "." + methods + " (" + hook.family() + ")");
        }
      }
    }
  }

  private static Optional<Module> module(String type) {
    return ModuleLayer.boot()
        .findModule(type.startsWith("java/awt/") ? "java.desktop" : "java.base");
  }

  private static @Nullable InputStream file(String type) throws IOException {
    Optional<Module> module = module(type);
    return module.isEmpty() ? null : module.get().getResourceAsStream(type + ".class");
  }

  /** A JVM without windows, or a class that not every supported JDK has. */
  private static boolean isMissingByRight(String type) throws IOException {
    if (module(type).isEmpty()) {
      return true;
    }
    try (InputStream file = file(type)) {
      return file == null && SystemHooks.NOT_EVERYWHERE.contains(type);
    }
  }
}
