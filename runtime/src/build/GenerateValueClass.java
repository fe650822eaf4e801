import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Run by the build, as a single source file: generates the flyweight class that Chronicle Map would otherwise generate and compile in the
 * running node, for which it would need a compiler there.
 *
 * <p>Argument: the directory for the class, which is also on the class path.
 */
final class GenerateValueClass {

  private static final String INTERFACE = "net.openhft.chronicle.hash.VanillaGlobalMutableState";
  private static final String SIMPLE_NAME = "VanillaGlobalMutableState$$Native";

  private static final Logger CHRONICLE = Logger.getLogger("net.openhft");

  private GenerateValueClass() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Path file = directory.resolve("net/openhft/chronicle/hash/" + SIMPLE_NAME + ".class");
    if (!isCurrent(file)) {
      CHRONICLE.setLevel(Level.OFF);
      compile(source(), directory);
    }
  }

  private static boolean isCurrent(Path file) throws Exception {
    Path jar =
        Path.of(
            Class.forName(INTERFACE, false, GenerateValueClass.class.getClassLoader())
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  /** The generator is package-private there. */
  private static String source() throws Exception {
    Class<?> model = Class.forName("net.openhft.chronicle.values.ValueModel");
    Object ofInterface =
        model.getMethod("acquire", Class.class).invoke(null, Class.forName(INTERFACE));
    Method generate =
        Class.forName("net.openhft.chronicle.values.Generators")
            .getDeclaredMethod("generateNativeClass", model, String.class);
    generate.setAccessible(true);
    return (String) generate.invoke(null, ofInterface, SIMPLE_NAME);
  }

  private static void compile(String source, Path directory) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "--release", "17", "-proc:none", "-nowarn",
            "-classpath", System.getProperty("java.class.path"),
            "-d", directory.toString());
    JavaFileObject unit =
        new SimpleJavaFileObject(
            URI.create("string:///net/openhft/chronicle/hash/" + SIMPLE_NAME + ".java"),
            JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    if (!compiler.getTask(null, null, null, options, null, List.of(unit)).call()) {
      throw new IllegalStateException("cannot compile " + SIMPLE_NAME);
    }
  }
}
