package org.quicksilver.it.subject;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Opens files: a line with a number on standard input says how many are to be open, one with {@code
 * all} as many as there can be: {@code <file>}.
 */
public final class Hoarder {

  private static final Deque<FileInputStream> OPEN = new ArrayDeque<>();

  private Hoarder() {}

  /** Runs until its standard input ends. */
  public static void main(String[] args) throws IOException {
    System.out.println("ready");
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      int wanted = line.equals("all") ? Integer.MAX_VALUE : Integer.parseInt(line);
      try {
        hoard(args[0], wanted);
      } catch (FileNotFoundException e) {
        System.out.println("no more: " + OPEN.size());
      }
      System.out.println("open: " + OPEN.size());
    }
  }

  private static void hoard(String path, int wanted) throws IOException {
    while (OPEN.size() > wanted) {
      OPEN.removeLast().close();
    }
    while (OPEN.size() < wanted) {
      OPEN.add(new FileInputStream(path));
    }
  }

  private static String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = System.in.read(); c >= 0 && c != '\n'; c = System.in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
