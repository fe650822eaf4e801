package org.quicksilver.agent.track;

import java.io.File;
import java.util.BitSet;

/** What this process has open, by the kernel's account; nothing where it gives none. */
public final class OpenDescriptors {

  private static final File DIRECTORY = new File("/proc/self/fd");

  private OpenDescriptors() {}

  /** Their numbers, now. */
  public static BitSet now() {
    BitSet open = new BitSet();
    String[] numbers = DIRECTORY.list();
    if (numbers != null) {
      for (String number : numbers) {
        int descriptor = Integer.parseInt(number);
        // The directory itself was open while it was read.
        if (isOpen(descriptor)) {
          open.set(descriptor);
        }
      }
    }
    return open;
  }

  /** Whether one is open now; false where the kernel gives no account. */
  public static boolean isOpen(int descriptor) {
    return new File(DIRECTORY, Integer.toString(descriptor)).exists();
  }

  /** Whether the kernel gives an account. */
  public static boolean areKnown() {
    return DIRECTORY.isDirectory();
  }
}
