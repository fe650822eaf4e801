import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.RecordComponentVisitor;
import net.bytebuddy.jar.asm.TypePath;

/**
 * Run at build time: puts all classes but those of the launcher into two entries for {@code
 * IsolatedLoader}. Every start reads the directory of the jar, and one of eight thousand classes
 * would cost it a tenth of its time. Arguments: the list of the classes that every start loads, the
 * directory of all classes, and the directory to write to: the launcher's as they are to lie in the
 * jar, and the two entries.
 *
 * <pre>
 *   length of the index (int); for each class: length of name (short), name (Latin 1), length of
 *   what is packed (int), length of the class file (int); then what is packed, in the same order.
 *   Big-endian.
 * </pre>
 *
 * <p>{@code start.classes} holds class files without what only compilers and debuggers read, for the
 * JVM enters each name in them into a table; {@code other.classes} deflated ones, as they are.
 *
 * <p>The JVM calls {@code premain} by reflection, for which the newer JDKs spin seven classes: a
 * fifteenth of a start. A method that says it has a variable number of arguments, and whose last one
 * is no array, they call by the JVM itself; the source cannot say so.
 */
final class PackClasses {

  private static final String SUFFIX = ".class";
  private static final List<String> LAUNCHER =
      List.of("org.quicksilver.agent.Launcher", "org.quicksilver.agent.IsolatedLoader");
  private static final List<String> CALLED_BY_THE_JVM = List.of("premain", "agentmain");

  private final Path directory;
  private final ByteArrayOutputStream index = new ByteArrayOutputStream();
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();

  private PackClasses(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws IOException {
    List<String> start = Files.readAllLines(Path.of(arguments[0]));
    Path directory = Path.of(arguments[1]);
    Path target = Path.of(arguments[2]);
    Path isolated = Files.createDirectories(target.resolve("isolated"));
    Set<String> others = new LinkedHashSet<>(all(directory));
    others.removeAll(start);
    others.removeAll(LAUNCHER);
    for (String name : LAUNCHER) {
      Path file = Path.of(name.replace('.', '/') + SUFFIX);
      Files.createDirectories(target.resolve(file).getParent());
      Files.write(target.resolve(file), bare(Files.readAllBytes(directory.resolve(file))));
    }
    new PackClasses(directory).write(start, false, isolated.resolve("start.classes"));
    new PackClasses(directory).write(others, true, isolated.resolve("other.classes"));
  }

  private static List<String> all(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> directory.relativize(file).toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  private void write(Iterable<String> names, boolean deflated, Path target) throws IOException {
    DataOutputStream out = new DataOutputStream(index);
    for (String name : names) {
      byte[] whole = Files.readAllBytes(directory.resolve(name.replace('.', '/') + SUFFIX));
      byte[] file = deflated ? whole : bare(whole);
      int before = packed.size();
      pack(file, deflated);
      out.writeShort(name.length());
      out.write(name.getBytes(StandardCharsets.ISO_8859_1));
      out.writeInt(packed.size() - before);
      out.writeInt(file.length);
    }
    try (DataOutputStream written = new DataOutputStream(Files.newOutputStream(target))) {
      written.writeInt(index.size());
      index.writeTo(written);
      packed.writeTo(written);
    }
  }

  /** Lines stay, for stack traces. */
  private static byte[] bare(byte[] file) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(file).accept(new Bare(writer), 0);
    return writer.toByteArray();
  }

  /** Drops annotations of types, and names of variables and parameters; marks what the JVM calls. */
  private static final class Bare extends ClassVisitor {
    Bare(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public AnnotationVisitor visitTypeAnnotation(int type, TypePath path, String name, boolean b) {
      return null;
    }

    @Override
    public RecordComponentVisitor visitRecordComponent(String name, String type, String generic) {
      return new RecordComponentVisitor(api, super.visitRecordComponent(name, type, generic)) {
        @Override
        public AnnotationVisitor visitTypeAnnotation(int t, TypePath path, String n, boolean b) {
          return null;
        }
      };
    }

    @Override
    public FieldVisitor visitField(int a, String name, String type, String generic, Object value) {
      return new FieldVisitor(api, super.visitField(a, name, type, generic, value)) {
        @Override
        public AnnotationVisitor visitTypeAnnotation(int t, TypePath path, String n, boolean b) {
          return null;
        }
      };
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String type, String generic, String[] thrown) {
      int marked = CALLED_BY_THE_JVM.contains(name) ? access | Opcodes.ACC_VARARGS : access;
      return new MethodVisitor(api, super.visitMethod(marked, name, type, generic, thrown)) {
        @Override
        public AnnotationVisitor visitTypeAnnotation(int t, TypePath path, String n, boolean b) {
          return null;
        }

        @Override
        public AnnotationVisitor visitInsnAnnotation(int t, TypePath path, String n, boolean b) {
          return null;
        }

        @Override
        public AnnotationVisitor visitTryCatchAnnotation(
            int t, TypePath path, String n, boolean b) {
          return null;
        }

        @Override
        public AnnotationVisitor visitLocalVariableAnnotation(
            int t, TypePath path, Label[] from, Label[] to, int[] index, String n, boolean b) {
          return null;
        }

        @Override
        public void visitLocalVariable(
            String variable, String t, String g, Label from, Label to, int index) {}

        @Override
        public void visitParameter(String parameter, int modifiers) {}
      };
    }
  }

  private void pack(byte[] file, boolean deflated) throws IOException {
    if (deflated) {
      DeflaterOutputStream deflater = new DeflaterOutputStream(packed);
      deflater.write(file);
      deflater.finish();
    } else {
      packed.write(file);
    }
  }
}
