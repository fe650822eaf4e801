package org.quicksilver.agent.instrument;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the hooks into the JDK's classes: into those already loaded by retransforming them, into the
 * others when they are loaded. A class that cannot be transformed stays as it is and is reported;
 * the application never notices.
 *
 * <p>Called by the JVM on any thread.
 */
public final class Transformer implements ClassFileTransformer {

  /** What the agent is, to this package. */
  public interface Surroundings {

    /** Before work that opens files of our own. */
    void enterOwnWork();

    /** After it. */
    void leaveOwnWork();

    /** Tells which class could not be transformed, and why. */
    void fault(String type, Throwable thrown);
  }

  private final Map<String, List<Hook>> hooks = new HashMap<>();
  private final Map<String, List<Hook>> libraryHooks = new HashMap<>();
  private final TransformedClasses cache;
  private final Surroundings surroundings;
  private final Map<String, Boolean> failed = new ConcurrentHashMap<>();
  private volatile @Nullable Weaver weaver;

  /**
   * Prepares; nothing is intercepted before {@link #install}.
   *
   * @param without families to leave alone
   * @param cacheFile where transformed classes are kept; null for nowhere
   */
  public Transformer(List<String> without, @Nullable Path cacheFile, Surroundings surroundings) {
    add(Hook.ALL, without, hooks);
    add(TaskHooks.JDK, without, hooks);
    add(SystemHooks.ALL, without, hooks);
    add(LibraryHooks.ALL, without, libraryHooks);
    add(NettyHooks.ALL, without, libraryHooks);
    add(ClientHooks.ALL, without, libraryHooks);
    add(ServletHooks.ALL, without, libraryHooks);
    this.cache = new TransformedClasses(cacheFile);
    this.surroundings = surroundings;
  }

  private static void add(List<Hook> all, List<String> without, Map<String, List<Hook>> byType) {
    for (Hook hook : all) {
      if (!without.contains(hook.family())) {
        List<Hook> known = byType.get(hook.type());
        if (known == null) {
          known = new ArrayList<>(4);
          byType.put(hook.type(), known);
        }
        known.add(hook);
      }
    }
  }

  /** Intercepts from now on. */
  public void install(Instrumentation instrumentation) {
    instrumentation.addTransformer(this, true);
    retransform(instrumentation);
  }

  private void retransform(Instrumentation instrumentation) {
    List<Class<?>> loaded = loaded(instrumentation);
    try {
      instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | LinkageError | RuntimeException together) {
      loaded.forEach(type -> retransformAlone(instrumentation, type));
    } finally {
      cache.started();
    }
  }

  /** Intercepts no more, and makes every class again what it was. */
  public void uninstall(Instrumentation instrumentation) {
    instrumentation.removeTransformer(this);
    retransform(instrumentation);
  }

  private List<Class<?>> loaded(Instrumentation instrumentation) {
    Set<String> names = new HashSet<>();
    for (String name : hooks.keySet()) {
      names.add(name.replace('/', '.'));
    }
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      ClassLoader loader = type.getClassLoader();
      if (loader == null ? names.contains(type.getName()) : isOfLibrary(type, loader)) {
        loaded.add(type);
      }
    }
    return loaded;
  }

  /** When a program starts there are none, and many names to change to look for them. */
  private boolean isOfLibrary(Class<?> type, ClassLoader loader) {
    return !isOurs(loader) && libraryHooks.containsKey(type.getName().replace('.', '/'));
  }

  private static boolean isOurs(@Nullable ClassLoader loader) {
    return loader == Transformer.class.getClassLoader();
  }

  private void retransformAlone(Instrumentation instrumentation, Class<?> type) {
    try {
      instrumentation.retransformClasses(type);
    } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
      surroundings.fault(type.getName(), e);
    }
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] original) {
    if (name == null || isOurs(loader)) {
      return null;
    }
    List<Hook> wanted = (loader == null ? hooks : libraryHooks).get(name);
    return wanted == null ? null : privileged(new Weaving(loader, name, original, wanted));
  }

  /** Where there is a security manager, whoever needs the class first may not read our jar. */
  @SuppressWarnings("removal")
  private static byte @Nullable [] privileged(PrivilegedAction<byte @Nullable []> action) {
    return AccessController.doPrivileged(action);
  }

  private final class Weaving implements PrivilegedAction<byte @Nullable []> {
    private final @Nullable ClassLoader loader;
    private final String name;
    private final byte[] original;
    private final List<Hook> wanted;

    Weaving(@Nullable ClassLoader loader, String name, byte[] original, List<Hook> wanted) {
      this.loader = loader;
      this.name = name;
      this.original = original;
      this.wanted = wanted;
    }

    @Override
    public byte @Nullable [] run() {
      return transform(loader, name, original, wanted);
    }
  }

  private byte @Nullable [] transform(
      @Nullable ClassLoader loader, String name, byte[] original, List<Hook> wanted) {
    surroundings.enterOwnWork();
    try {
      byte[] known = cache.get(name, original);
      if (known != null) {
        return known;
      }
      byte[] transformed = weaver().weave(loader, name, original, wanted);
      cache.put(name, original, transformed);
      return transformed;
    } catch (Throwable e) {
      failed.put(name, true);
      surroundings.fault(name, e);
      return null;
    } finally {
      surroundings.leaveOwnWork();
    }
  }

  /** Two at once may make one each: who loads a class must not wait for who loads another. */
  private Weaver weaver() {
    Weaver known = weaver;
    if (known == null) {
      known =
          new Weaver(
              Transformer.class.getClassLoader(),
              (type, methods) ->
                  surroundings.fault(
                      type,
                      new NoSuchMethodException(
                          methods + " not found on this JDK: not intercepted there")));
      weaver = known;
    }
    return known;
  }

  /**
   * What is not intercepted on this JDK, one line for each hook that found nothing or could not be
   * put in. Takes milliseconds; for the background.
   */
  public List<String> unmatched() throws IOException {
    List<String> unmatched = HookCheck.unmatched(hooks);
    failed.keySet().stream()
        .sorted()
        .map(type -> type.replace('/', '.') + ": could not be transformed, see the agent's log")
        .forEach(unmatched::add);
    return unmatched;
  }

  /** How many classes could not be transformed. */
  public int failed() {
    return failed.size();
  }

  /** Keeps on disk what was transformed anew. */
  public void save() throws IOException {
    cache.save();
  }
}
