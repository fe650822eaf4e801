package org.quicksilver.agent.instrument;

import java.io.IOException;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Advice on a copy of Netty that lies below another package, and Netty's types as the advice then
 * names them.
 */
final class RelocatedAdvice implements ClassFileLocator {

  private static final String NETTY = "io/netty/";

  private final ClassFileLocator original;
  private final String shading;

  /**
   * Relocates.
   *
   * @param shading what comes before the names of Netty's classes, with slashes
   */
  RelocatedAdvice(ClassFileLocator original, String shading) {
    this.original = original;
    this.shading = shading;
  }

  @Override
  public Resolution locate(String name) throws IOException {
    String prefix = shading.replace('/', '.');
    Resolution found =
        original.locate(name.startsWith(prefix) ? name.substring(prefix.length()) : name);
    return found.isResolved() ? new Resolution.Explicit(relocated(found.resolve())) : found;
  }

  private byte[] relocated(byte[] file) {
    ClassReader reader = OpenedClassReader.of(file);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(
        new ClassRemapper(
            writer,
            new Remapper(OpenedClassReader.ASM_API) {
              @Override
              public String map(String internalName) {
                return internalName.startsWith(NETTY) ? shading + internalName : internalName;
              }
            }),
        0);
    return writer.toByteArray();
  }

  @Override
  public void close() throws IOException {
    original.close();
  }
}
