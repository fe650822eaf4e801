package org.quicksilver.it.subject;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Drops channels of a file, and when the collector has closed them lets their numbers be used again
 * by directory streams: {@code <file>}. Prints {@code reused} and waits for a line.
 */
public final class ReusedNumbers {

  private static final int EACH = 20;

  private ReusedNumbers() {}

  /** Leaves the directory streams open until then. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]).toRealPath();
    for (int i = 0; i < EACH; i++) {
      FileChannel.open(file);
    }
    while (isOpen(file)) {
      System.gc();
    }
    List<DirectoryStream<Path>> reusing = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      reusing.add(Files.newDirectoryStream(file.resolveSibling(".")));
    }
    System.out.println("reused");
    Stdin.await();
    for (DirectoryStream<Path> stream : reusing) {
      stream.close();
    }
  }

  private static boolean isOpen(Path file) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.anyMatch(number -> leadsTo(number, file));
    }
  }

  private static boolean leadsTo(Path number, Path file) {
    try {
      return Files.readSymbolicLink(number).equals(file);
    } catch (IOException e) {
      return false;
    }
  }
}
