package org.quicksilver.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Source texts of the subjects: what a stack says is checked against them. */
final class Source {

  private Source() {}

  /** The frame, without its method, of the one line of a subject that has that text. */
  static String lineOf(String subject, String text) throws IOException {
    String file = subject + ".java";
    List<String> lines =
        Files.readAllLines(
            Path.of("src/test/java/org/quicksilver/it/subject").toAbsolutePath().resolve(file));
    int[] found =
        IntStream.range(0, lines.size()).filter(i -> lines.get(i).contains(text)).toArray();
    if (found.length != 1) {
      throw new IllegalArgumentException(file + " has '" + text + "' " + found.length + " times");
    }
    return "(" + file + ":" + (found[0] + 1) + ")";
  }
}
