package org.quicksilver.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads Quicksilver and its libraries from the entries of {@code quicksilver.jar} that no other
 * loader can see: classes lie under {@code isolated/} with the suffix {@code .classdata}. Its
 * parent is the platform loader, so the application's libraries, in whatever version, are not seen
 * from in here, nor ours from out there.
 *
 * <p>Parallel capable. The jar stays open as long as the process lives.
 */
final class IsolatedLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String PREFIX = "isolated/";

  private final JarFile jar;
  private final String base;

  IsolatedLoader(File file) throws IOException {
    super("quicksilver", ClassLoader.getPlatformClassLoader());
    this.jar = new JarFile(file, false);
    this.base = "jar:" + file.toURI() + "!/";
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    // The bridge lies in the jar too, but is defined in the boot loader, or not at all.
    byte[] bytes =
        name.startsWith("java.") ? null : read(PREFIX + name.replace('.', '/') + ".classdata");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte @Nullable [] read(String entryName) {
    ZipEntry entry = jar.getEntry(entryName);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    String entryName = entryName(name);
    try {
      return jar.getEntry(entryName) == null ? null : new URL(base + entryName);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return Collections.enumeration(found == null ? List.of() : List.of(found));
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    ZipEntry entry = jar.getEntry(entryName(name));
    try {
      return entry == null ? super.getResourceAsStream(name) : jar.getInputStream(entry);
    } catch (IOException e) {
      return null;
    }
  }

  private static String entryName(String name) {
    return name.endsWith(".class")
        ? PREFIX + name.substring(0, name.length() - ".class".length()) + ".classdata"
        : PREFIX + name;
  }
}
