package org.quicksilver.it.subject;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens files at many depths, by other ways, and by virtual threads where there are some, each file
 * several times, and writes what the stack was into it: {@code <directory>}. Ends with its standard
 * input.
 */
public final class DeepStacks {

  private static final int[] DEPTHS = {0, 5, 29, 30, 31, 32, 33, 62, 63, 64, 65, 100, 200};
  private static final int TIMES = 5;

  private static final List<Closeable> OPEN = new ArrayList<>();

  private DeepStacks() {}

  private interface Way {
    void open(Path file) throws IOException;
  }

  /** Says {@code ready} when all are open. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    for (int time = 0; time < TIMES; time++) {
      openAll(directory, "platform");
      Thread virtual = virtual(() -> openAll(directory, "virtual"));
      if (virtual != null) {
        virtual.join();
      }
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Keeps them open.
    }
    for (Closeable each : OPEN) {
      each.close();
    }
  }

  /** Null before JDK 21. */
  private static Thread virtual(Runnable task) throws ReflectiveOperationException {
    try {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static void openAll(Path directory, String thread) {
    try {
      for (int depth : DEPTHS) {
        deep(depth, directory.resolve(thread + "-one-" + depth), DeepStacks::oneWay);
        deep(depth, directory.resolve(thread + "-other-" + depth), DeepStacks::otherWay);
        zigzag(depth, directory.resolve(thread + "-zigzag-" + depth));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deep(int frames, Path file, Way way) throws IOException {
    if (frames == 0) {
      way.open(file);
    } else {
      deep(frames - 1, file, way);
    }
  }

  private static void zigzag(int frames, Path file) throws IOException {
    if (frames == 0) {
      oneWay(file);
    } else if (frames % 3 == 0) {
      zigzag(frames - 1, file);
    } else {
      zag(frames - 1, file);
    }
  }

  private static void zag(int frames, Path file) throws IOException {
    zigzag(frames, file);
  }

  private static void oneWay(Path file) throws IOException {
    Files.write(file, new byte[0]);
    keep(file, new Throwable(), new FileInputStream(file.toString()));
  }

  private static void otherWay(Path file) throws IOException {
    Files.write(file, new byte[0]);
    keep(file, new Throwable(), new FileInputStream(file.toString()));
  }

  private static void keep(Path file, Throwable stack, FileInputStream in) throws IOException {
    OPEN.add(in);
    Files.writeString(
        file,
        Stream.of(stack.getStackTrace()).map(DeepStacks::text).collect(Collectors.joining("\n")));
  }

  private static String text(StackTraceElement frame) {
    String line = frame.isNativeMethod() ? "Native Method" : frame.getFileName();
    String number = frame.getLineNumber() >= 0 ? ":" + frame.getLineNumber() : "";
    return frame.getClassName() + '.' + frame.getMethodName() + '(' + line + number + ')';
  }
}
