package org.quicksilver.log;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A process whose threads append and force until it is killed, or nobody listens any more, and
 * print what the log has acknowledged: {@code thread number lsn}.
 */
final class LogChild {

  static final int THREADS = 3;
  static final LogLimits LIMITS = new LogLimits(64 * 1024, 16 << 20, 64 * 1024);

  private LogChild() {}

  /** Arguments: directory; number of the round. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
    LogManager log = LogManager.open(DirectoryStorage.of(Path.of(arguments[0])), LIMITS);
    out.println("ready");
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      new Thread(() -> write(log, out, thread, Integer.parseInt(arguments[1]))).start();
    }
    Thread.currentThread().join();
  }

  private static void write(LogManager log, PrintStream out, int thread, int round) {
    LogParticipant participant = participant(thread);
    for (int step = 0; !out.checkError(); step++) {
      int number = round * 1_000_000 + step;
      long lsn = log.append(participant, text(number).getBytes(StandardCharsets.UTF_8));
      log.force(lsn);
      synchronized (out) {
        out.println(thread + " " + number + " " + lsn + " .");
      }
      if (step % 500 == 499) {
        log.checkpoint(participant, lsn);
      }
    }
    Runtime.getRuntime().halt(1);
  }

  static LogParticipant participant(int thread) {
    return new LogParticipant("thread-" + thread);
  }

  static String text(int number) {
    return number + ":" + "v".repeat(number * 37 % 700);
  }

  static Process start(Path directory, int round) throws IOException {
    String java = System.getProperty("java.home") + File.separator + "bin" + File.separator;
    String path =
        System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            List.of(
                java + "java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                path,
                LogChild.class.getName(),
                directory.toString(),
                "" + round))
        .redirectErrorStream(true)
        .start();
  }
}
