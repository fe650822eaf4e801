package org.quicksilver.it;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** The names of the classes that the jar holds in one piece for every start. */
final class StartClasses {

  private StartClasses() {}

  static List<String> of(Path jar) throws IOException {
    List<String> names = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile());
        DataInputStream in =
            new DataInputStream(file.getInputStream(file.getEntry("isolated/start.classes")))) {
      for (int left = in.readInt(); left > 0; ) {
        byte[] name = in.readNBytes(in.readUnsignedShort());
        in.skipNBytes(2 * Integer.BYTES);
        names.add(new String(name, StandardCharsets.ISO_8859_1));
        left -= Short.BYTES + name.length + 2 * Integer.BYTES;
      }
    }
    return names;
  }
}
