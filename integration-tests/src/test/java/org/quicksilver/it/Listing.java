package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What lies in a directory. */
final class Listing {

  private Listing() {}

  /** Everything, sorted; {@code glob} as a shell reads it. */
  static List<Path> of(Path directory, String glob) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      var matcher = directory.getFileSystem().getPathMatcher("glob:" + glob);
      return files.filter(file -> matcher.matches(file.getFileName())).sorted().toList();
    }
  }

  static List<Path> of(Path directory) throws IOException {
    return of(directory, "*");
  }
}
