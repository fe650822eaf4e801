package org.quicksilver.agent.instrument;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * The methods that a class file has code for: name and number of parameters, which is all that
 * hooks go by. Reads the file itself, since loading Byte Buddy for that would cost a start more
 * than all the rest (JVM Specification, chapter 4).
 */
final class ClassShape {

  private record Method(String name, int parameters) {}

  private static final int MAGIC = 0xcafebabe;
  private static final int WITHOUT_CODE = 0x0100 | 0x0400 | 0x1000;
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int METHOD_HANDLE = 15;

  private final Set<Method> methods = new HashSet<>();

  private ClassShape() {}

  /** Reads a class file; the stream is left open. */
  static ClassShape read(InputStream file) throws IOException {
    DataInputStream in = new DataInputStream(file);
    if (in.readInt() != MAGIC) {
      throw new IOException("not a class file");
    }
    in.readInt();
    String[] texts = constants(in);
    in.skipNBytes(6);
    in.skipNBytes(2L * in.readUnsignedShort());
    ClassShape shape = new ClassShape();
    for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
      in.skipNBytes(6);
      skipAttributes(in);
    }
    for (int methods = in.readUnsignedShort(); methods > 0; methods--) {
      int access = in.readUnsignedShort();
      String name = texts[in.readUnsignedShort()];
      String descriptor = texts[in.readUnsignedShort()];
      skipAttributes(in);
      if ((access & WITHOUT_CODE) == 0) {
        shape.methods.add(new Method(name, parameters(descriptor)));
      }
    }
    return shape;
  }

  private static String[] constants(DataInputStream in) throws IOException {
    String[] texts = new String[in.readUnsignedShort()];
    for (int i = 1; i < texts.length; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case UTF8 -> texts[i] = in.readUTF();
        case LONG, DOUBLE -> {
          in.skipNBytes(8);
          i++;
        }
        case METHOD_HANDLE -> in.skipNBytes(3);
        // Class, String, MethodType, Module and Package are one index; all others two.
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        default -> in.skipNBytes(4);
      }
    }
    return texts;
  }

  private static void skipAttributes(DataInputStream in) throws IOException {
    for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
      in.skipNBytes(2);
      in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
    }
  }

  private static int parameters(String descriptor) {
    int count = 0;
    for (int i = 1; descriptor.charAt(i) != ')'; i++) {
      while (descriptor.charAt(i) == '[') {
        i++;
      }
      i = descriptor.charAt(i) == 'L' ? descriptor.indexOf(';', i) : i;
      count++;
    }
    return count;
  }

  /** Whether a hook finds one of its methods, with code. */
  boolean matches(Hook hook) {
    return methods.stream()
        .anyMatch(
            method ->
                hook.methods().contains(method.name())
                    && (hook.arity() == Hook.ANY || hook.arity() == method.parameters()));
  }
}
