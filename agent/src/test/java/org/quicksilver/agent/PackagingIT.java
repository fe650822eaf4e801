package org.quicksilver.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Opens the jar that is given to users. */
final class PackagingIT {

  private static final Path JAR =
      Path.of(System.getProperty("basedir", "."), "target", "quicksilver.jar");
  private static final String BRIDGE = "isolated/java/lang/QuicksilverBridge.classdata";
  private static final String NODE = "isolated/java/util/concurrent/QuicksilverNode.classdata";
  private static final int JAVA_17 = 61;

  private static final List<String> PACKED =
      List.of("isolated/start.classes", "isolated/other.classes");

  private static final Map<String, byte[]> classes = new TreeMap<>();
  private static JarFile jar;
  private static List<String> entries;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(JAR.toFile());
    entries = new ArrayList<>(jar.stream().map(ZipEntry::getName).toList());
    for (String packed : PACKED) {
      unpack(packed);
    }
  }

  /** Classes are entries to what follows, with a suffix of their own. */
  private static void unpack(String packed) throws IOException {
    byte[] bytes = jar.getInputStream(jar.getEntry(packed)).readAllBytes();
    ByteBuffer index = ByteBuffer.wrap(bytes);
    int at = Integer.BYTES + index.getInt();
    for (int end = at; index.position() < end; ) {
      byte[] name = new byte[index.getShort()];
      index.get(name);
      InputStream in = new ByteArrayInputStream(bytes, at, index.getInt(index.position()));
      at += index.getInt();
      String entry =
          "isolated/" + new String(name, StandardCharsets.UTF_8).replace('.', '/') + ".classdata";
      entries.add(entry);
      boolean isDeflated = packed.contains("other");
      classes.put(entry, (isDeflated ? new InflaterInputStream(in) : in).readAllBytes());
      assertEquals(index.getInt(), classes.get(entry).length, entry);
    }
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  private static Set<String> entriesThat(Predicate<String> predicate) {
    return new TreeSet<>(entries.stream().filter(predicate).toList());
  }

  private static void assertNone(Predicate<String> predicate) {
    assertEquals(Set.of(), entriesThat(predicate));
  }

  private static byte[] bytes(String entry) throws IOException {
    byte[] known = classes.get(entry);
    if (known != null) {
      return known;
    }
    try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return in.readAllBytes();
    }
  }

  @Test
  void theApplicationSeesTwoClasses() {
    Set<String> visible = entriesThat(name -> !name.startsWith("isolated/"));
    assertEquals(
        new TreeSet<>(
            List.of(
                "META-INF/MANIFEST.MF",
                "org/quicksilver/agent/IsolatedLoader.class",
                "org/quicksilver/agent/Launcher.class")),
        visible);
    assertNone(name -> name.startsWith("isolated/") && name.endsWith(".class"));
  }

  /** Every start reads the directory of the jar. */
  @Test
  void theJarHasFewEntries() {
    assertTrue(jar.size() < 50, () -> entries.toString());
  }

  @Test
  void everyNameIsThereOnce() {
    assertEquals(entries.size(), new HashSet<>(entries).size());
  }

  @Test
  void thereAreNoSignaturesModulesOrTests() {
    assertNone(name -> name.matches(".*META-INF/[^/]*\\.(SF|DSA|RSA|EC)"));
    assertNone(name -> name.matches(".*(^|/)module-info\\.class(data)?"));
    assertNone(name -> name.matches("isolated/org/quicksilver/.*(Test|IT)(\\$.*)?\\.classdata"));
    assertNone(
        name -> name.matches("isolated/org/(junit|opentest4j|apiguardian|awaitility|hamcrest)/.*"));
    assertNone(name -> name.matches("isolated/com/tngtech/.*"));
  }

  /** The isolated loader knows nothing of releases, and some of these are too new for Java 17. */
  @Test
  void thereAreNoClassesForOtherReleasesAndNoRulesForShrinking() {
    assertNone(name -> name.startsWith("isolated/META-INF/versions/"));
    assertNone(name -> name.startsWith("isolated/META-INF/proguard/"));
  }

  @Test
  void thereIsNothingThatTheIsolatedLoaderCannotUse() {
    assertNone(name -> name.startsWith("isolated/META-INF/maven/"));
    assertNone(name -> name.startsWith("isolated/META-INF/native-image/"));
    assertNone(name -> name.endsWith(".java"));
  }

  @Test
  void thereAreNoNativeLibraries() {
    assertNone(name -> name.matches(".*\\.(so|dll|jnilib|dylib|a)"));
  }

  @Test
  void theManifestNamesTheEntryPointsAndOpensNoMoreThanTheNodeNeeds() throws IOException {
    Attributes main = jar.getManifest().getMainAttributes();
    for (String role : List.of("Main-Class", "Premain-Class", "Agent-Class")) {
      assertEquals(Launcher.class.getName(), main.getValue(role), role);
    }
    assertEquals("true", main.getValue("Can-Redefine-Classes"));
    assertEquals("true", main.getValue("Can-Retransform-Classes"));
    assertEquals("Quicksilver for the JVM", main.getValue("Implementation-Title"));
    assertNotNull(main.getValue("Implementation-Version"));
    for (String unwanted :
        List.of("Boot-Class-Path", "Class-Path", "Launcher-Agent-Class", "Multi-Release")) {
      assertNull(main.getValue(unwanted), unwanted);
    }
  }

  private static boolean isClass(String name) {
    return name.matches(".*\\.class(data)?") && !name.startsWith("isolated/META-INF/versions/");
  }

  @Test
  void everyClassRunsOnJava17() throws IOException {
    Set<String> tooNew = new TreeSet<>();
    for (String name : entriesThat(PackagingIT::isClass)) {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes(name)))) {
        assertEquals(0xcafebabe, in.readInt(), name);
        in.readUnsignedShort();
        if (in.readUnsignedShort() > JAVA_17) {
          tooNew.add(name);
        }
      }
    }
    assertEquals(Set.of(), tooNew);
  }

  @Test
  void theBridgeIsNamedAsAClassOfTheJdkAndOnlyOnce() throws IOException {
    assertEquals(Set.of(BRIDGE), entriesThat(name -> name.contains("QuicksilverBridge")));
    assertEquals("java/lang/QuicksilverBridge", new ClassReader(bytes(BRIDGE)).getClassName());
    assertEquals(Set.of(BRIDGE, NODE), entriesThat(name -> name.startsWith("isolated/java/")));
  }

  @Test
  void theBridgeNamesOnlyTypesOfTheJdk() throws IOException {
    Set<String> foreign = new TreeSet<>();
    for (String type : typesOf(bytes(BRIDGE))) {
      if (!type.startsWith("java/")) {
        foreign.add(type);
      }
    }
    assertEquals(Set.of(), foreign);
  }

  /**
   * Types of class constants and of the descriptors of members, used or declared. Annotations the
   * JVM resolves only for who asks.
   */
  private static Set<String> typesOf(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    char[] buffer = new char[reader.getMaxStringLength()];
    Set<String> types = new TreeSet<>();
    for (int i = 1; i < reader.getItemCount(); i++) {
      int offset = reader.getItem(i);
      int tag = offset == 0 ? 0 : bytes[offset - 1];
      if (tag == 7) {
        addTypes(Type.getObjectType(reader.readUTF8(offset, buffer)), types);
      } else if (tag == 12) {
        addTypes(Type.getType(reader.readUTF8(offset + 2, buffer)), types);
      }
    }
    return types;
  }

  private static void addTypes(Type type, Set<String> types) {
    switch (type.getSort()) {
      case Type.METHOD -> {
        addTypes(type.getReturnType(), types);
        for (Type argument : type.getArgumentTypes()) {
          addTypes(argument, types);
        }
      }
      case Type.ARRAY -> addTypes(type.getElementType(), types);
      case Type.OBJECT -> types.add(type.getInternalName());
      default -> {}
    }
  }

  @Test
  void nobodyNamesTheBridgeByItsOldName() throws IOException {
    Set<String> left = new TreeSet<>();
    for (String name : entriesThat(name -> name.startsWith("isolated/org/quicksilver/agent/"))) {
      if (name.endsWith(".classdata")
          && typesOf(bytes(name)).contains("org/quicksilver/agent/bridge/QuicksilverBridge")) {
        left.add(name);
      }
    }
    assertEquals(Set.of(), left);
  }

  @Test
  void whatTheAgentNeedsAtRunTimeIsThere() {
    for (String needed :
        List.of(
            "isolated/org/quicksilver/agent/start/Startup.classdata",
            "isolated/org/quicksilver/cli/Cli.classdata",
            "isolated/org/quicksilver/handle/scope.rules",
            "isolated/org/quicksilver/agent/instrument/FileAdvice$Open.classdata")) {
      assertTrue(entries.contains(needed), needed);
    }
  }

  @Test
  void theTwoVisibleClassesNameOnlyTypesOfTheJdkAndThemselves() throws IOException {
    for (String name : List.of("Launcher", "IsolatedLoader")) {
      for (String type : typesOf(bytes("org/quicksilver/agent/" + name + ".class"))) {
        assertTrue(
            type.startsWith("java/") || type.startsWith("org/quicksilver/agent/"),
            name + " names " + type);
      }
    }
  }
}
