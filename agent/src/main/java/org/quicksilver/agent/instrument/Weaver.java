package org.quicksilver.agent.instrument;

import java.util.List;
import java.util.function.BiConsumer;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.member.FieldAccess;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Inlines advice into one class with Byte Buddy. The only class that loads Byte Buddy, and loaded
 * only for a class that is not in the cache.
 *
 * <p>Adds no member to the class, so that a loaded one can be retransformed. What the advice throws
 * goes to {@link QuicksilverBridge#thrown}.
 */
final class Weaver {

  private static final String INITIALIZER = "<clinit>";
  private static final String SAFE = "net.bytebuddy.safe";

  private final ClassFileLocator adviceLocator;
  private final StackManipulation keepThrown;
  private final BiConsumer<String, String> unmatched;

  /**
   * Prepares.
   *
   * @param unmatched told of a hook that matches no method of its class on this JDK: class, methods
   */
  Weaver(ClassLoader adviceLoader, BiConsumer<String, String> unmatched) {
    this.unmatched = unmatched;
    // Byte Buddy then leaves Unsafe alone and injects nothing.
    String before = System.setProperty(SAFE, "true");
    this.adviceLocator = ClassFileLocator.ForClassLoader.of(adviceLoader);
    this.keepThrown = keepThrown();
    if (before == null) {
      System.clearProperty(SAFE);
    } else {
      System.setProperty(SAFE, before);
    }
  }

  private static StackManipulation keepThrown() {
    TypeDescription bridge = TypeDescription.ForLoadedType.of(QuicksilverBridge.class);
    return FieldAccess.forField(
            bridge.getDeclaredFields().filter(ElementMatchers.named("thrown")).getOnly())
        .write();
  }

  /**
   * The class with the hooks in it.
   *
   * @param loader of the class; null for one of the JDK, of which all hooks must match
   */
  byte[] weave(
      @Nullable ClassLoader loader, String internalName, byte[] original, List<Hook> hooks) {
    String name = internalName.replace('/', '.');
    ClassFileLocator locator =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(name, original),
            loader == null
                ? ClassFileLocator.ForClassLoader.ofBootLoader()
                : ClassFileLocator.ForClassLoader.of(loader),
            new MadeAtRunTime());
    TypePool pool = TypePool.Default.of(locator);
    TypeDescription type = pool.describe(name).resolve();
    for (Hook hook : hooks) {
      if (loader == null && !isFound(hook, type)) {
        unmatched.accept(name, hook.methods().toString());
      }
    }
    AsmVisitorWrapper.Compound wrappers =
        new AsmVisitorWrapper.Compound(hooks.stream().map(this::advice).toList());
    return new ByteBuddy()
        .with(TypeValidation.DISABLED)
        .with(Implementation.Context.Disabled.Factory.INSTANCE)
        .decorate(type, locator)
        .visit(wrappers)
        .make(pool)
        .getBytes();
  }

  /**
   * An initializer is not among the methods that are described; the advice finds it all the same.
   */
  private static boolean isFound(Hook hook, TypeDescription type) {
    return hook.methods().contains(INITIALIZER)
        || !type.getDeclaredMethods().filter(matcher(hook)).isEmpty();
  }

  private AsmVisitorWrapper advice(Hook hook) {
    String shading = NettyHooks.shading(hook.type());
    ClassFileLocator locator =
        shading.isEmpty() ? adviceLocator : new RelocatedAdvice(adviceLocator, shading);
    TypePool pool = TypePool.Default.of(locator);
    TypeDescription advice =
        pool.describe("org.quicksilver.agent.instrument." + hook.advice()).resolve();
    return Advice.to(advice, locator)
        .withExceptionHandler(new Advice.ExceptionHandler.Simple(keepThrown))
        .on(matcher(hook));
  }

  private static ElementMatcher<MethodDescription> named(String name) {
    return switch (name) {
      case "<init>" -> ElementMatchers.isConstructor();
      case INITIALIZER -> ElementMatchers.isTypeInitializer();
      default -> ElementMatchers.named(name);
    };
  }

  private static ElementMatcher<? super MethodDescription> matcher(Hook hook) {
    ElementMatcher.Junction<MethodDescription> names = ElementMatchers.none();
    for (String name : hook.methods()) {
      names = names.or(named(name));
    }
    ElementMatcher.Junction<MethodDescription> concrete =
        names
            .and(ElementMatchers.not(ElementMatchers.isAbstract()))
            .and(ElementMatchers.not(ElementMatchers.isNative()))
            .and(ElementMatchers.not(ElementMatchers.isSynthetic()));
    return hook.arity() == Hook.ANY
        ? concrete
        : concrete.and(ElementMatchers.takesArguments(hook.arity()));
  }

  /**
   * Other agents have classes implement interfaces that they made at run time: of these there is no
   * class file to be found. They have no part in what is woven, and are taken for empty ones.
   */
  private static final class MadeAtRunTime implements ClassFileLocator {
    private static final int INTERFACE =
        Opcodes.ACC_PUBLIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE;

    @Override
    public Resolution locate(String name) {
      ClassWriter file = new ClassWriter(0);
      file.visit(Opcodes.V1_8, INTERFACE, name.replace('.', '/'), null, "java/lang/Object", null);
      file.visitEnd();
      return new Resolution.Explicit(file.toByteArray());
    }

    @Override
    public void close() {}
  }
}
