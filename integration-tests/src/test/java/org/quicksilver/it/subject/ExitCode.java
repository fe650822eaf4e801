package org.quicksilver.it.subject;

import java.nio.file.Files;
import java.nio.file.Path;

/** Prints, complains and ends with that code: {@code <exit code>}. */
public final class ExitCode {

  private ExitCode() {}

  /** Ends. */
  public static void main(String[] args) throws Exception {
    System.out.println(
        "bytes of the zero device: " + Files.newInputStream(Path.of("/dev/null")).read());
    System.err.println("leaving with " + args[0]);
    if (args[0].equals("uncaught")) {
      throw new IllegalStateException("uncaught");
    }
    System.exit(Integer.parseInt(args[0]));
  }
}
