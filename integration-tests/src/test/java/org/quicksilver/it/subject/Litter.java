package org.quicksilver.it.subject;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Leaves temporary files in {@code java.io.tmpdir} and a child process, names them, prints {@code
 * ready} and exits in order on a line.
 */
public final class Litter {

  private Litter() {}

  /** Leaves. */
  public static void main(String[] args) throws IOException {
    System.out.println("temporary " + File.createTempFile("old", null));
    System.out.println("temporary " + Files.createTempFile("new", null));
    File doomed = new File(System.getProperty("java.io.tmpdir"), "doomed");
    Files.createFile(doomed.toPath());
    doomed.deleteOnExit();
    System.out.println("doomed " + doomed);
    Path ordinary = Files.createFile(Path.of(System.getProperty("java.io.tmpdir"), "ordinary"));
    System.out.println("ordinary " + ordinary);
    System.out.println("child " + new ProcessBuilder("sleep", "600").start().pid());
    System.out.println("ready");
    Stdin.await();
  }
}
