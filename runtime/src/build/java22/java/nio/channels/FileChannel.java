package java.nio.channels;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** As much of the class of Java 22 as is compiled against; never packaged. */
public abstract class FileChannel {
  public static class MapMode {
    public static final MapMode READ_WRITE = new MapMode();
  }

  public abstract MemorySegment map(MapMode mode, long offset, long size, Arena arena)
      throws IOException;
}
