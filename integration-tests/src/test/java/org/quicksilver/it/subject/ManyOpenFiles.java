package org.quicksilver.it.subject;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Opens a file that many times, reads, then closes all: {@code <file> <times>}. */
public final class ManyOpenFiles {

  private ManyOpenFiles() {}

  /** Opens and closes. */
  public static void main(String[] args) throws IOException {
    List<FileInputStream> files = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      FileInputStream file = new FileInputStream(args[0]);
      files.add(file);
      sum += file.read();
    }
    System.out.println("read " + sum + " from " + files.size());
    for (FileInputStream file : files) {
      file.close();
    }
    System.out.println("closed");
  }
}
