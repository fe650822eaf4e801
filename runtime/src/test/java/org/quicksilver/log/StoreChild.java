package org.quicksilver.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.quicksilver.log.NodeStore.Section;

/**
 * A process that writes into a store until it is killed, or nobody listens any more, and prints
 * what the store has acknowledged: {@code A number key} for an audit line, {@code P key version}
 * for a value, {@code R key version} for one that was removed again.
 */
final class StoreChild {

  static final Sizes SIZES = new Sizes(200, 60);
  static final int KEYS = 12;

  private StoreChild() {}

  /** Arguments: directory; number of the round, 0 to open and close only. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
    int round = Integer.parseInt(arguments[1]);
    try (NodeStore store = NodeStore.open(Path.of(arguments[0]), SIZES)) {
      out.println("ready");
      for (int step = 0; round > 0 && !out.checkError(); step++) {
        write(store, out, round, step);
      }
    }
  }

  private static void write(NodeStore store, PrintStream out, int round, int step) {
    String key = "r" + round + "-" + step;
    out.println("A " + store.appendAudit(key, line(key)) + " " + key);
    String name = "k" + step % KEYS;
    long version = round * 1_000_000L + step;
    TextStore.put(store, Section.TRANSACTIONS, name, value(version));
    out.println("P " + name + " " + version);
    if (step % 7 == 3) {
      store.remove(Section.TRANSACTIONS, name);
      out.println("R " + name + " " + version);
    }
  }

  static String line(String key) {
    return "{\"key\":\"" + key + "\",\"stack\":\"" + "x".repeat(key.hashCode() & 1023) + "\"}";
  }

  static String value(long version) {
    return version + ":" + "v".repeat((int) (version * 37 % 700));
  }
}
