package org.quicksilver.agent.start;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.quicksilver.agent.track.OpenDescriptors;
import org.quicksilver.agent.track.OwnDescriptors;

/**
 * The descriptors that were open before anything was intercepted: the JVM's and our own. In a
 * program that was running already the others are its own, and are left to be found without a
 * record.
 */
final class OpenBefore {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int STANDARD_STREAMS = 3;

  private OpenBefore() {}

  /** Before the program begins: all that is open. */
  static void ownAll(OwnDescriptors own) {
    BitSet open = OpenDescriptors.now();
    for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
      own.add(i);
    }
  }

  /** In a program that runs already: what leads to the JDK, its class path, or to us. */
  static void ownOurs(OwnDescriptors own, File jar, Path breadcrumbs) {
    List<String> ours = new ArrayList<>();
    ours.add(System.getProperty("java.home") + File.separator);
    ours.add(jar.getAbsolutePath());
    ours.add(breadcrumbs.toAbsolutePath().toString());
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      File file = new File(entry).getAbsoluteFile();
      if (file.isFile()) {
        ours.add(file.getPath());
      }
    }
    OpenDescriptors.now().stream()
        .filter(number -> number < STANDARD_STREAMS || leadsTo(number, ours))
        .forEach(own::add);
  }

  private static boolean leadsTo(int descriptor, List<String> ours) {
    try {
      Path link = DESCRIPTORS.resolve(Integer.toString(descriptor));
      String target = Files.readSymbolicLink(link).toString();
      return ours.stream().anyMatch(target::startsWith);
    } catch (IOException e) {
      return false;
    }
  }
}
