package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens handles in every way the JDK has, each on a thread that is named for it, and closes them
 * when it is told: {@code <empty directory> [java.net only]}. Prints {@code way NAME: KINDS} for
 * each way it went.
 */
public final class EveryHandle {

  private EveryHandle() {}

  /** Opens, waits for a line, closes, waits for another. */
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    List<AutoCloseable> open = new ArrayList<>();
    for (Way way : ways(Path.of(args[0]), args.length > 1)) {
      open.add(go(way));
      System.out.println("way " + way.name() + ": " + way.kinds());
    }
    System.out.println("open");
    in.readLine();
    for (AutoCloseable each : open) {
      each.close();
    }
    System.out.println("closed");
    in.readLine();
    System.exit(0);
  }

  private static List<Way> ways(Path directory, boolean plainOnly) throws Exception {
    List<Way> ways = new ArrayList<>(SocketWays.plain());
    if (!plainOnly) {
      ways.addAll(SocketWays.channels(directory));
      ways.addAll(new FileWays(Files.createDirectory(directory.resolve("files"))).all());
      ways.addAll(new SystemWays(Files.createDirectory(directory.resolve("system"))).all());
      ways.addAll(AsyncWays.all());
      if (System.getenv("DISPLAY") != null) {
        ways.addAll(WindowWays.all());
      }
    }
    return ways;
  }

  private static AutoCloseable go(Way way) throws Exception {
    AutoCloseable[] opened = new AutoCloseable[1];
    Exception[] failed = new Exception[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                opened[0] = way.opening().open();
              } catch (Exception e) {
                failed[0] = e;
              }
            },
            way.name());
    thread.start();
    thread.join();
    if (failed[0] != null) {
      throw new IllegalStateException(way.name(), failed[0]);
    }
    return opened[0];
  }
}
