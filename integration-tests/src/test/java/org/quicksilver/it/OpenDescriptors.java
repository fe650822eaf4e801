package org.quicksilver.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The open descriptors of a process, by the kernel's account and not by ours.
 *
 * @param targets what each points to: a path, {@code socket:[inode]}, {@code pipe:[inode]}
 */
record OpenDescriptors(List<String> targets) {

  /** Empty for a process that is gone. */
  static OpenDescriptors of(long pid) {
    List<String> targets = new ArrayList<>();
    File[] descriptors = new File("/proc/" + pid + "/fd").listFiles();
    for (File descriptor : descriptors == null ? new File[0] : descriptors) {
      try {
        targets.add(Files.readSymbolicLink(descriptor.toPath()).toString());
      } catch (IOException e) {
        // Closed since it was listed.
      }
    }
    return new OpenDescriptors(targets);
  }

  /** Files below a directory. */
  List<String> below(Path directory) {
    return targets.stream().filter(target -> target.startsWith(directory + "/")).sorted().toList();
  }

  /** The number of TCP connections: neither listening nor unconnected. */
  int connections() throws IOException {
    Set<String> connected = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] columns = line.strip().split("\\s+");
        if (!columns[3].equals("0A") && !columns[3].equals("st")) {
          connected.add("socket:[" + columns[9] + "]");
        }
      }
    }
    return (int) targets.stream().filter(connected::contains).count();
  }
}
