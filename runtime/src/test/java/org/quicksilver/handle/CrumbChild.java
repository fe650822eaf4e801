package org.quicksilver.handle;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A process that opens, moves and closes handles until it is killed, or nobody listens any more.
 * Prints a line now and then.
 */
final class CrumbChild {

  private static final int HANDLES = 300;

  private CrumbChild() {}

  static Process start(Path file, long seed) throws IOException {
    return new ProcessBuilder(
            List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty(
                    "surefire.real.class.path", System.getProperty("java.class.path")),
                CrumbChild.class.getName(),
                file.toString(),
                Long.toString(seed)))
        .redirectErrorStream(true)
        .start();
  }

  /** Arguments: file, seed. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("begin");
    BreadcrumbWriter writer =
        BreadcrumbWriter.create(
            Path.of(arguments[0]),
            CrumbFile.NODE,
            CrumbFile.INCARNATION,
            ProcessHandle.current().pid());
    System.out.println("ready");
    Random random = new Random(Long.parseLong(arguments[1]));
    Slot[] slots = new Slot[HANDLES];
    int[] generations = new int[HANDLES];
    long[] open = new long[HANDLES];
    int[] moves = new int[HANDLES];
    for (long step = 1; step % 128 != 0 || printed(step); step++) {
      int i = random.nextInt(HANDLES);
      if (open[i] == 0) {
        slots[i] =
            i % 4 == 0 ? writer.takeSlot() : writer.slotOfDescriptor(random.nextInt(20) * 300 + i);
        open[i] = step;
        moves[i] = 0;
        generations[i] = Numbered.open(writer, slots[i], step);
        writer.stack(slots[i], generations[i], writer.intern(Numbered.stack(step)));
      } else if (random.nextBoolean() && moves[i] + 1 < Numbered.MOST_MOVES) {
        Numbered.move(writer, slots[i], generations[i], open[i], ++moves[i]);
      } else {
        writer.close(slots[i], generations[i]);
        open[i] = 0;
        if (i % 4 == 0) {
          writer.giveBack(slots[i]);
        }
      }
    }
  }

  private static boolean printed(long step) {
    System.out.println(step);
    return !System.out.checkError();
  }
}
