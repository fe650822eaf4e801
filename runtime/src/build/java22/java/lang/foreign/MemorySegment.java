package java.lang.foreign;

import java.nio.ByteBuffer;

/** As much of the class of Java 22 as is compiled against; never packaged. */
public interface MemorySegment {
  ByteBuffer asByteBuffer();
}
