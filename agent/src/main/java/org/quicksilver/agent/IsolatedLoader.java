package org.quicksilver.agent;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Loads Quicksilver and its libraries from the entries of {@code quicksilver.jar} that no other
 * loader can see: classes lie packed in two entries under {@code isolated/}, those that every start
 * needs, as they are, in one, and all others, deflated, in the other; the build's {@code
 * PackClasses} shows the form. Its parent is the platform loader, so the application's libraries,
 * in whatever version, are not seen from in here, nor ours from out there.
 *
 * <p>Every JVM reads the directory of the jar when it starts, and pays for each entry; and to find
 * and inflate a class by itself costs it more than to define it.
 *
 * <p>Parallel capable. The jar stays open as long as the process lives.
 */
final class IsolatedLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String PREFIX = "isolated/";
  private static final String START = PREFIX + "start.classes";
  private static final String OTHERS = PREFIX + "other.classes";
  private static final String SUFFIX = ".class";
  private static final int PIECE = 8192;

  private final JarFile jar;
  private final String base;
  // What a security policy grants the jar is granted to what is in it.
  private final ProtectionDomain domain = IsolatedLoader.class.getProtectionDomain();
  // By name of class: where it begins in its entry, how long it is there, and how long unpacked.
  private final Map<String, int[]> start;
  private volatile @Nullable Map<String, int[]> others;
  private SoftReference<byte[]> startBytes;

  IsolatedLoader(File file) throws IOException {
    super("quicksilver", ClassLoader.getPlatformClassLoader());
    this.jar = new JarFile(file, false);
    this.base = "jar:" + file.toURI() + "!/";
    byte[] bytes = readStart();
    this.start = index(bytes, Integer.BYTES, ByteBuffer.wrap(bytes).getInt());
    this.startBytes = new SoftReference<>(bytes);
  }

  /**
   * Into one array, and in pieces for which the JDK takes no memory: the first touch of each page
   * costs as much as ten system calls.
   */
  private byte[] readStart() throws IOException {
    ZipEntry entry = entry(START);
    byte[] bytes = new byte[(int) entry.getSize()];
    try (InputStream in = jar.getInputStream(entry)) {
      for (int at = 0; at < bytes.length; at += PIECE) {
        in.readNBytes(bytes, at, Math.min(PIECE, bytes.length - at));
      }
    }
    return bytes;
  }

  private ZipEntry entry(String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    if (entry == null) {
      throw new IOException("the jar is damaged: " + name + " is missing");
    }
    return entry;
  }

  private InputStream open(String entryName) throws IOException {
    return jar.getInputStream(entry(entryName));
  }

  private static Map<String, int[]> index(byte[] bytes, int from, int length) {
    Map<String, int[]> places = new HashMap<>();
    ByteBuffer index = ByteBuffer.wrap(bytes, from, length);
    int at = Integer.BYTES + length;
    while (index.hasRemaining()) {
      int nameLength = index.getShort();
      String name = new String(bytes, index.position(), nameLength, StandardCharsets.ISO_8859_1);
      index.position(index.position() + nameLength);
      int[] place = {at, index.getInt(), index.getInt()};
      places.put(name, place);
      at += place[1];
    }
    return places;
  }

  /** Those of a start are ours alone: no other loader is asked, which would throw each time. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    int[] place = start.get(name);
    if (place == null || name.startsWith("java.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name, place) : loaded;
    }
  }

  private Class<?> define(String name, int[] place) throws ClassNotFoundException {
    try {
      return defineClass(name, startBytes(), place[0], place[2], domain);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] startBytes() throws IOException {
    byte[] bytes = startBytes.get();
    if (bytes == null) {
      bytes = readStart();
      startBytes = new SoftReference<>(bytes);
    }
    return bytes;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    // The bridge lies in the jar too, but is defined in the boot loader, or not at all.
    byte[] bytes = name.startsWith("java.") ? null : read(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  private byte @Nullable [] read(String name) {
    try {
      int[] place = start.get(name);
      if (place != null) {
        return new ByteArrayInputStream(startBytes(), place[0], place[2]).readAllBytes();
      }
      place = others().get(name);
      return place == null ? null : inflated(place);
    } catch (IOException e) {
      return null;
    }
  }

  /** Two at once both read it: no lock of ours is held while files are read. */
  private Map<String, int[]> others() throws IOException {
    Map<String, int[]> known = others;
    if (known == null) {
      try (DataInputStream in = new DataInputStream(open(OTHERS))) {
        byte[] index = in.readNBytes(in.readInt());
        known = index(index, 0, index.length);
      }
      others = known;
    }
    return known;
  }

  private byte[] inflated(int[] place) throws IOException {
    byte[] packed;
    try (InputStream in = open(OTHERS)) {
      in.skipNBytes(place[0]);
      packed = in.readNBytes(place[1]);
    }
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return in.readNBytes(place[2]);
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    String entryName = PREFIX + name;
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

  /** Of classes, too, which have no address. */
  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    if (name.endsWith(SUFFIX)) {
      String className = name.substring(0, name.length() - SUFFIX.length()).replace('/', '.');
      byte[] bytes = read(className);
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
    ZipEntry entry = jar.getEntry(PREFIX + name);
    try {
      return entry == null ? super.getResourceAsStream(name) : jar.getInputStream(entry);
    } catch (IOException e) {
      return null;
    }
  }
}
