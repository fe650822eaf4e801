package org.quicksilver.it.subject;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens and closes a file again and again, deep down, for half a second, and then every other time
 * keeps it open, fifty times: {@code <file>}. Ends with its standard input.
 */
public final class HastyOpener {

  private static final int DEEP = 100;
  private static final int KEPT = 50;
  private static final long HASTE_NANOS = 500_000_000;

  private static final List<FileInputStream> OPEN = new ArrayList<>();

  private HastyOpener() {}

  /** Says {@code ready} when those are open. */
  public static void main(String[] args) throws IOException {
    open(DEEP, args[0]);
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Keeps them open.
    }
    for (FileInputStream each : OPEN) {
      each.close();
    }
  }

  private static void open(int frames, String file) throws IOException {
    if (frames > 0) {
      open(frames - 1, file);
      return;
    }
    long began = System.nanoTime();
    while (System.nanoTime() - began < HASTE_NANOS) {
      new FileInputStream(file).close();
    }
    for (int i = 0; i < KEPT; i++) {
      OPEN.add(new FileInputStream(file));
      new FileInputStream(file).close();
    }
  }
}
